"""`dibao compare-decisions` (比较决定), as at a terminal."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

from click.testing import CliRunner, Result

from dibao_policy.cli.main import main

ROOT = Path(__file__).parents[2]
DAQING = ROOT / "policies" / "daqing"
FAMILY = ROOT / "examples" / "households" / "06_two_minors.yaml"
BEFORE, AFTER = (ROOT / "examples" / "decisions" / f"{one}.yaml" for one in ("before", "after"))
DAYS = ("--on", "2010-12-01", "--on", "2011-08-01")


def run(*arguments: object, command: str = "compare-decisions") -> Result:
    return CliRunner().invoke(main, [command, *(str(argument) for argument in arguments)])


def test_two_days_in_chinese() -> None:
    result = run("--policy", DAQING, *DAYS, "--household", FAMILY, command="比较决定")

    assert result.exit_code == 0
    first, _, rest = result.output.partition("\n\n")
    assert first.startswith(
        "两个决定为什么不同\n  甲：大庆市城市居民最低生活保障，2010-12-01（校验码 "
    )
    assert rest == (
        "一、结果的差别\n"
        "  低保金：甲 290元/月，乙 524元/月，差 +234元/月\n"
        "      〔2〕参数 基本生活保障标准  +234元/月\n"
        "  女儿 分类救助金：甲 26元/月，乙 0元/月，差 −26元/月\n"
        "      〔1〕决定日期               −29.90元/月\n"
        "      〔2〕参数 基本生活保障标准   +3.90元/月\n"
        "      合计                           −26元/月\n"
        "  儿子 分类救助金：甲 26元/月，乙 33.80元/月，差 +7.80元/月\n"
        "      〔2〕参数 基本生活保障标准  +7.80元/月\n"
        "  每月合计：甲 342元/月，乙 557.80元/月，差 +215.80元/月\n"
        "      〔1〕决定日期                −29.90元/月\n"
        "      〔2〕参数 基本生活保障标准  +245.70元/月\n"
        "      合计                        +215.80元/月\n"
        "  相同的结果：低保、户主 分类救助金、就业渐退金、两费减免\n"
        "\n"
        "二、改变了什么\n"
        "  〔1〕决定日期：2010-12-01 → 2011-08-01（周岁、月数等按它计算）\n"
        "  〔2〕参数 基本生活保障标准\n"
        "      大同区：260元/人月 → 338元/人月\n"
        "      甲：自 2010-01-01 起，东北网2011年7月17日的报道（转载）\n"
        "      乙：自 2011-01-01 起，东北网2011年7月17日的报道（转载）\n"
        "\n"
        "三、各部分是怎样算的\n"
        "  先改变哪一项、后改变哪一项，会影响每一项显出的作用。所以把对一个结果有作用的各项按所有的先后次序都改变\n"
        "  一遍，每一项取它在各种次序里的平均作用。每一种次序都从甲的结果一步一步走到乙的结果，各步之和就是差额，\n"
        "  平均以后各部分之和仍然是差额，一分不差。\n"
    )


def test_two_days_in_english() -> None:
    result = run(
        "--policy", DAQING, *DAYS, "--household", FAMILY, "--result", "benefit", "--lang", "en"
    )

    assert result.exit_code == 0
    assert "  低保金: A 290元/月, B 524元/月, difference +234元/月\n" in result.output
    assert "〔1〕parameter 基本生活保障标准  +234元/月\n" in result.output
    assert "made in every order" in result.output


def test_the_same_decision_twice_has_nothing_to_tell() -> None:
    result = run("--policy", DAQING, "--on", "2011-08-01", "--household", FAMILY)

    assert result.exit_code == 0
    assert result.output.endswith("\n\n一、结果的差别\n  各项结果都相同\n")


def test_two_households_as_data() -> None:
    result = run(
        "--policy", DAQING, *DAYS, "--household", BEFORE, "--household", AFTER, "--format", "json"
    )

    assert result.exit_code == 0
    told = json.loads(result.output)
    assert (told["joined"], told["gone"], told["by_place"]) == (["奶奶"], ["女儿"], False)
    (benefit,) = (one for one in told["results"] if one["code"] == "benefit")
    assert (benefit["before"], benefit["after"]) == ("780元/月", "454元/月")
    assert (benefit["difference"], benefit["method"]) == ("-326元/月", "average")
    for form in ("amount", "written"):
        amounts = [Fraction(part[form].removesuffix("元/月")) for part in benefit["parts"]]
        assert sum(amounts) == -326
    assert benefit["parts"][3]["amount"] == "-9838/15元/月"
    assert benefit["parts"][3]["written"] == "-655.86元/月"
    assert told["units"][3] == [
        {
            "change": "fact", "name": "工资收入", "person": "户主",
            "before": "0元/月", "before_is_default": False,
            "after": "800元/月", "after_is_default": False,
        }
    ]  # fmt: skip
    ((parameter,),) = (unit for unit in told["units"] if unit[0]["change"] == "parameter")
    assert parameter["cells"] == [
        {"key": ["萨尔图区"], "before": "260元/人月", "after": "338元/人月"}
    ]
    assert parameter["after"]["document"] == "东北网2011年7月17日的报道"


def test_what_cannot_be_compared_ends_with_its_problems() -> None:
    known = ("--policy", DAQING, *DAYS, "--household", FAMILY)
    result = run(*known, "--result", "低保费")
    assert result.exit_code == 1
    assert "D8003" in result.output

    result = run(*known, "--on", "2012-01-01")
    assert result.exit_code == 2
    assert "once or twice" in result.output

    result = run(*known, "--result", "低保费", "--format", "json")
    assert json.loads(result.output)[0]["code"] == "D8003"
