"""`dibao procedure` and the findings and properties of `dibao explain` and `dibao check`, as at a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dibao_policy.cli.main import main

ROOT = Path(__file__).parents[2]

POLICY = """政策 示例县(example)
  依据 办法 = 《示例办法》 文号 "示政发〔2020〕1号"
输入 成员.领取养老金(drawing_pension): 是否
输入 成员.养老金(pension): 元/月
核查 成员.养老金未申报(undeclared): 领取养老金 且 养老金 = 0元/月   处理 清退核实   依据 办法 第九条
  说明 "领取养老金的，申报的是 {养老金}。"
救助 家庭.低保金(benefit): 元/月
  金额 500元/月 − 合计(成员.养老金)
  至少 0元/月
  依据 办法 第五条
程序 审核(approval)
  自 2024-01-01 起
  步骤 受理  责任 街道  期限 即时
  步骤 调查  责任 街道, 社区  期限 2个工作日  比例 100%  材料 调查表  签字 调查人员  依据 办法 第一条
  步骤 评议  责任 社区
  步骤 公示  责任 社区  公示 7日
  依据 办法 第二条
  说明 "公示有异议的，重新调查。"
程序 复核(review)
  步骤 复核  责任 街道  期限 1个月
"""
PROPERTY = "性质 不为负: 低保金 ≥ 0元/月\n"
CLIFF = "性质 多领养老金不吃亏: 养老金 增加 ⇒ 低保金 不减少\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    policy = tmp_path / "example"
    policy.mkdir()
    (policy / "rules.dibao").write_text(POLICY, "utf-8")
    (tmp_path / "family.yaml").write_text(
        "成员:\n  - {称呼: 户主, 领取养老金: 是, 养老金: 0}\n  - {领取养老金: 是, 养老金: 10}\n",
        "utf-8",
    )
    return policy


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_steps_are_told_with_who_does_them_and_by_when(folder: Path) -> None:
    result = run("程序", folder, "审核", "--on", "2024-03-01", "--from", "2024-09-30")

    assert result.exit_code == 0
    assert result.output == (
        "审核（示例县，自 2024-01-01 起的规定）\n"
        "说明：公示有异议的，重新调查。\n"
        "自 2024-09-30 起算，当日不计\n"
        "\n"
        " 1. 受理\n"
        "    责任：街道\n"
        "    期限：即时，最迟 2024-09-30\n"
        "    依据：《示例办法》（示政发〔2020〕1号）第二条\n"
        "\n"
        " 2. 调查\n"
        "    责任：街道、社区\n"
        "    期限：2个工作日，最迟 2024-10-09\n"
        "    入户比例：100%\n"
        "    材料：调查表\n"
        "    签字：调查人员\n"
        "    依据：《示例办法》（示政发〔2020〕1号）第一条\n"
        "\n"
        " 3. 评议\n"
        "    责任：社区\n"
        "    依据：《示例办法》（示政发〔2020〕1号）第二条\n"
        "\n"
        " 4. 公示\n"
        "    责任：社区\n"
        "    公示：7日，自“评议”结束之日起算\n"
        "    依据：《示例办法》（示政发〔2020〕1号）第二条\n"
    )


def test_what_follows_a_step_is_counted_from_its_end(folder: Path) -> None:
    result = run(
        "procedure", folder, "approval", "--on", "2024-03-01", "--from", "2024-05-20", "--after", "评议"
    )  # fmt: skip

    assert " 1. 公示\n    责任：社区\n    公示：7日，至 2024-05-27\n" in result.output
    assert "调查\n" not in result.output.split("起算", 1)[1]


def test_without_a_day_nothing_is_counted(folder: Path) -> None:
    result = run("procedure", folder, "审核", "--on", "2024-03-01")

    assert "期限：2个工作日\n" in result.output and "公示：7日\n" in result.output
    assert "最迟" not in result.output and "起算" not in result.output


def test_the_procedure_as_data(folder: Path) -> None:
    result = run(
        "procedure", folder, "审核", "--on", "2024-03-01", "--from", "2024-09-30", "--format", "json"
    )  # fmt: skip
    told = json.loads(result.output)

    assert (told["code"], told["since"], told["from"]) == ("approval", "2024-01-01", "2024-09-30")
    assert told["steps"][1] == {
        "name": "调查",
        "responsible": ["街道", "社区"],
        "limit": {"number": 2, "unit": "工作日"},
        "posting": None,
        "visited": "1",
        "documents": ["调查表"],
        "signed": ["调查人员"],
        "begins": "2024-09-30",
        "due": "2024-10-09",
        "posted": None,
        "citations": [
            {
                "document": "示例办法",
                "number": "示政发〔2020〕1号",
                "address": "",
                "article": "第一条",
                "unverified": False,
                "note": "",
            }
        ],
    }
    assert [step["begins"] for step in told["steps"]][2:] == ["2024-10-09", None]


def test_a_year_that_is_not_announced_ends_with_words(folder: Path) -> None:
    result = run("procedure", folder, "审核", "--on", "2024-03-01", "--from", "2003-05-01")

    assert result.exit_code == 1
    assert "D2035" in result.output and "2003" in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("审合", "--on", "2024-03-01"), "there are: 审核, 复核"),
        (("审核", "--on", "2023-12-31"), "there are: 复核"),
        (("审核", "--on", "2024-03-01", "--after", "受理"), "the day on which the step ended"),
        (("审核",), "--on"),
    ],
)
def test_wrong_usage_says_what_there_is(
    folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    result = run("procedure", folder, *arguments)

    assert result.exit_code == 2
    assert words in result.output


def test_staff_read_what_has_to_be_looked_into_and_a_citizen_does_not(folder: Path) -> None:
    family = folder.parent / "family.yaml"
    plain = run("explain", folder, family, "--on", "2024-03-01").output
    staff = run("explain", folder, family, "--on", "2024-03-01", "--staff").output

    assert "核" not in plain.replace("校验码", "")
    assert (
        "二、需要核查的事项\n"
        "  户主 养老金未申报：清退核实\n"
        "      领取养老金 且 养老金 = 0元/月，即 是 且 0元/月 = 0元/月\n"
        "      说明：领取养老金的，申报的是 0元/月。\n"
        "      依据：《示例办法》（示政发〔2020〕1号）第九条\n"
        "  以上各项由经办人核实，不影响这里的结论和金额。\n"
    ) in staff
    # But for that section, the two say the same.
    without = staff.split("二、需要核查的事项")[0] + "二、计算过程" + staff.split("三、计算过程")[1]
    assert without.replace("四、所用", "三、所用") == plain


def test_a_list_for_staff_and_the_data_have_the_findings(folder: Path) -> None:
    family = folder.parent / "family.yaml"
    listed = run("evaluate", folder, family, "--on", "2024-03-01").output
    (data,) = json.loads(
        run("evaluate", folder, family, "--on", "2024-03-01", "--format", "json").output
    )
    (account,) = json.loads(
        run("explain", folder, family, "--on", "2024-03-01", "--format", "json").output
    )

    assert listed.endswith("  低保金：490元/月\n    需要核查 户主 养老金未申报：清退核实\n")
    reason = "领取养老金 且 养老金 = 0元/月，即 是 且 0元/月 = 0元/月"
    assert data["findings"] == [
        {"rule": "养老金未申报", "member": 0, "disposition": "清退核实", "reason": reason}
    ]
    (finding,) = account["findings"]
    assert (finding["name"], finding["member"], finding["disposition"], finding["reason"]) == (
        "养老金未申报",
        0,
        "清退核实",
        reason,
    )
    assert finding["citations"][0]["article"] == "第九条"


def test_check_tells_that_properties_were_tried_and_not_that_they_are_proved(folder: Path) -> None:
    rules = folder / "rules.dibao"
    rules.write_text(POLICY + PROPERTY, "utf-8")

    assert run("check", folder, "--households", "300").output == (
        "0 处错误，0 处提醒\n性质 1 条：各在随机抽取的 300 户中试过，没有找到反例；这不是证明\n"
    )
    english = run("check", folder, "--households", "300", "--lang", "en").output
    assert "was tried on 300 households drawn at random" in english and "proves nothing" in english
    assert run("check", folder, "--households", "0").output == "0 处错误，0 处提醒\n"


def test_check_refuses_a_policy_that_breaks_its_own_property(folder: Path) -> None:
    rules = folder / "rules.dibao"
    rules.write_text(POLICY + CLIFF, "utf-8")
    result = run("check", folder)

    assert result.exit_code == 1
    assert (
        "错误[D4001]: 性质 `多领养老金不吃亏` 不成立：在随机抽取的 4000 户中找到一户"
        in result.output
    )
    assert "试过" not in result.output
    assert run("check", folder, "--households", "0").exit_code == 0


def test_the_national_procedure_of_each_time() -> None:
    """Decree 271, article 8; 民发〔2012〕220号, articles 18 to 29; 民发〔2021〕57号, articles 15 to 22."""
    policy = ROOT / "policies" / "daqing"
    before = run(
        "procedure",
        policy,
        "低保审核",
        "--on",
        "2012-12-11",
        "--from",
        "2012-01-31",
        "--after",
        "受理",
    )
    middle = run(
        "procedure",
        policy,
        "低保审核",
        "--on",
        "2021-06-30",
        "--from",
        "2015-01-05",
        "--after",
        "受理",
    )
    now = run("procedure", policy, "低保审核全程", "--on", "2021-07-01", "--from", "2024-09-30")

    assert "期限：30日，最迟 2012-03-01" in before.output
    # 10, then 5 working days, 7 days, 5 working days, 7 days, 3 working days: the Spring Festival lies at the end.
    assert [line[-10:] for line in middle.output.splitlines() if "期限" in line or "公示：" in line] == [
        "2015-01-19", "2015-01-26", "2015-02-02", "2015-02-09", "2015-02-16", "2015-02-26",
    ]  # fmt: skip
    # 1 to 7 October are off, Saturday 12 October is worked: 19 working days in October, and 11 in November.
    assert "期限：30个工作日，最迟 2024-11-15" in now.output


def test_without_a_name_it_is_the_first_one_and_the_others_are_named(folder: Path) -> None:
    named = run("procedure", folder, "审核", "--applied", "2024-09-30")
    without = run("procedure", folder, "--applied", "2024-09-30")

    assert without.exit_code == 0
    assert without.output == (named.output + "\n当天有效的其他程序，写出名称即可查看：复核\n")
    data = json.loads(
        run("procedure", folder, "--applied", "2024-09-30", "--format", "json").output
    )
    assert (data["name"], data["others"]) == ("审核", ["复核"])


def test_without_a_name_the_one_that_is_in_force_is_told(folder: Path) -> None:
    """审核 begins on 2024-01-01: the day before there is only 复核, and nothing else to name."""
    result = run("procedure", folder, "--applied", "2023-12-31")

    assert result.output.startswith("复核（示例县）\n")
    assert "其他程序" not in result.output


def test_without_a_name_and_a_procedure_the_usage_says_so(folder: Path) -> None:
    rules = folder / "rules.dibao"
    rules.write_text(POLICY[: POLICY.index("程序 审核")], "utf-8")
    result = run("procedure", folder, "--applied", "2024-09-30")

    assert result.exit_code == 2
    assert "no procedure is in force on 2024-09-30" in result.output


@pytest.mark.parametrize(
    "code", ["national", "daqing", "hefei", "liaocheng", "beijing", "shanghai"]
)
def test_the_first_procedure_of_a_policy_that_is_included_is_the_approval(code: str) -> None:
    result = run("procedure", ROOT / "policies" / code, "--applied", "2024-07-01")

    assert result.output.startswith("低保审核（")
