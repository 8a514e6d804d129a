"""Names that changed: households, parameter files and callers under a former name go on, with a warning."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from dibao_policy import PolicyError, PolicyText, Snapshot, Source, compile_policy
from dibao_policy.cli.main import main
from dibao_policy.facts import household
from dibao_policy.problem import one_line

RULES = """政策 示例县(example)
枚举 等级(grade) { 甲(first), 乙(second) }
输入 家庭.房屋租金(rent): 元/月
  曾用名 房租, old_rent
输入 家庭.等级(grade_given): 等级  默认 乙
  曾用名 档次
输入 成员.工资收入(wage): 元/月
  曾用名 月工资
输入 成员.备用(spare): 元/月
  曾用名 闲置
定义 家庭.家庭收入(total): 元/月 = 合计(成员.工资收入) − 房屋租金
  曾用名 总收入, net_total
定义 成员.一半(half): 元/月 = 工资收入 × 50%
  曾用名 半数
定义 家庭.甲等(is_first): 是否 = 等级 = 甲
"""


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    text = PolicyText("example", (Source("rules", RULES),), ())
    return compile_policy(text, lambda code: None).on(datetime.date(2024, 5, 1))


OLD: dict[str, Any] = {
    "房租": 100,
    "档次": "first",
    "members": [{"月工资": "500.5"}, {"label": "弟弟", "工资收入": 20, "闲置": 3}],
}
NEW: dict[str, Any] = {
    "房屋租金": 100,
    "等级": "甲",
    "成员": [{"工资收入": "500.5"}, {"称呼": "弟弟", "wage": 20, "spare": 3}],
}


def told(problems: Any) -> list[str]:
    return [one_line(problem) for problem in problems]


def test_a_household_of_years_ago_is_decided_like_one_of_today(snapshot: Snapshot) -> None:
    old, new = snapshot.decide(OLD), snapshot.decide(NEW)

    assert [old[name] for name in old.names()] == [new[name] for name in new.names()]
    assert (old["家庭收入"], old["甲等"]) == (Decimal("420.50"), True)


def test_each_old_name_is_a_warning_with_its_path(snapshot: Snapshot) -> None:
    assert told(snapshot.decide(OLD).warnings) == [
        "D5011 `房租` 用的是 `房屋租金` 的曾用名",
        "D5011 `档次` 用的是 `等级` 的曾用名",
        "D5011 `成员[1].月工资` 用的是 `工资收入` 的曾用名",
        "D5011 `成员[2].闲置` 用的是 `备用` 的曾用名",
    ]
    assert snapshot.decide(NEW).warnings == ()


def test_a_result_under_its_old_name_is_given_and_noted(snapshot: Snapshot) -> None:
    decision = snapshot.decide(NEW)

    assert decision["总收入"] == decision["net_total"] == decision["家庭收入"]
    assert decision.raw("半数") == decision.raw("一半")
    assert told(decision.warnings) == [
        "D5011 `总收入` 用的是 `家庭收入` 的曾用名",
        "D5011 `net_total` 用的是 `家庭收入` 的曾用名",
        "D5011 `半数` 用的是 `一半` 的曾用名",
    ]
    assert snapshot.decide(NEW).warnings == ()


def test_an_unknown_result_is_still_unknown(snapshot: Snapshot) -> None:
    with pytest.raises(KeyError, match="no value called 总数"):
        snapshot.decide(NEW)["总数"]


def test_old_and_new_together_are_a_fault(snapshot: Snapshot) -> None:
    given = {
        "房租": 1,
        "old_rent": 1,
        "等级": "甲",
        "档次": "甲",
        "成员": [{"月工资": 1, "wage": 1}, {"月工资": "abc"}, {"薪水": 1}],
    }
    with pytest.raises(PolicyError) as refused:
        snapshot.decide(given)

    assert told(refused.value.problems) == [
        "D5003 `房屋租金` 给了两次：`房租` 和 `old_rent`",
        "D5003 `等级` 给了两次：`等级` 和 `档次`",
        "D5003 `成员[1].工资收入` 给了两次：`wage` 和 `月工资`",
        "D5004 `成员[2].月工资` 应当是以 元/月 计的数，收到的是 `abc`",
        "D5002 `成员[3].薪水` 不是这项政策要的事项",
        "D5001 缺少 `成员[3].工资收入`，无法计算 `家庭收入`",
    ]


def test_the_schema_lists_old_names_as_deprecated(snapshot: Snapshot) -> None:
    schema = snapshot.schema()
    validator = jsonschema.Draft202012Validator(schema)

    assert schema["properties"]["房租"]["deprecated"] is True
    assert "deprecated" not in schema["properties"]["房屋租金"]
    assert not list(validator.iter_errors(OLD))
    assert not list(validator.iter_errors(NEW))
    both = [
        OLD | {"房屋租金": 1},
        OLD | {"等级": "甲"},
        OLD | {"members": [{"月工资": 1, "wage": 1}]},
    ]
    assert all(list(validator.iter_errors(given)) for given in both)


def test_a_household_under_present_names_is_never_looked_at_twice(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[object] = []
    monkeypatch.setattr(household, "faults", lambda program, given, day: looked.append(given) or ())

    snapshot.decide(NEW)
    assert looked == []
    snapshot.decide(OLD)
    assert looked == [OLD]


def test_the_commands_warn_and_go_on(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    folder.mkdir()
    (folder / "rules.dibao").write_text(RULES, "utf-8")
    given = tmp_path / "old.json"
    given.write_text(json.dumps(OLD, ensure_ascii=False), "utf-8")
    for command in ("evaluate", "explain"):
        arguments = [command, str(folder), str(given), "--on", "2024-05-01"]
        text = CliRunner().invoke(main, arguments)
        assert text.exit_code == 0
        assert "提醒[D5011]: `房租` 用的是 `房屋租金` 的曾用名" in text.stderr
        data = CliRunner().invoke(main, [*arguments, "--format", "json"])
        assert data.stderr == ""
        (record,) = json.loads(data.stdout)
        assert record["renamed"][0] == {"old": "房租", "name": "房屋租金", "member": None}


def test_values_are_found_under_old_names_too(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    folder.mkdir()
    (folder / "rules.dibao").write_text(RULES, "utf-8")
    (tmp_path / "new.json").write_text(json.dumps(NEW, ensure_ascii=False), "utf-8")
    arguments = ["evaluate", str(folder), str(tmp_path / "new.json"), "--on", "2024-05-01"]
    (record,) = json.loads(CliRunner().invoke(main, [*arguments, "--format", "json"]).stdout)

    assert record["values"]["总收入"] == record["values"]["家庭收入"] == "420.5元/月"
    assert record["former"] == {"总收入": "家庭收入", "net_total": "家庭收入", "半数": "一半"}
