"""How long one household of four takes, from a mapping to a decision, once the policy is loaded."""

from __future__ import annotations

import datetime
import statistics
import timeit

import w1_data

from dibao_policy.folders import load

CALLS, RUNS = 5_000, 9
HOUSEHOLD = {
    "所在区": "四区",
    "金融资产": 12000,
    "机动车辆数": 0,
    "住房套数": 1,
    "居住面积": 40,
    "租房": True,
    "就业后月数": -1,
    "成员": [
        {"年龄": 71, "残疾": "二级", "重病": True, "养老金": "320.50", "自付医疗费": 8000},
        {"年龄": 45, "工资收入": 2100, "在业": True, "有劳动能力": True},
        {"年龄": 43, "有劳动能力": True, "其他收入": 150},
        {"年龄": 12, "在学": "义务教育"},
    ],
}  # fmt: skip
NOTHING = {
    "残疾": "无", "重病": False, "在学": "不在学", "工资收入": 0, "养老金": 0, "其他收入": 0,
    "免计收入": 0, "有劳动能力": False, "在业": False, "自付医疗费": 0,
}  # fmt: skip


def main() -> None:
    """Print the least and the median time of one decision."""
    snapshot = load(w1_data.FOLDER).on(datetime.date(2024, 6, 1))
    household = HOUSEHOLD | {"成员": [NOTHING | member for member in HOUSEHOLD["成员"]]}
    steps = {
        "mapping to decision": lambda: snapshot.decide(household),
        "of which reading the facts": lambda: snapshot.facts(household),
    }
    for label, step in steps.items():
        times = [one / CALLS * 1e6 for one in timeit.repeat(step, number=CALLS, repeat=RUNS)]
        print(f"{label}: min {min(times):.1f} µs, median {statistics.median(times):.1f} µs "
              "(goal ≤ 50 µs)")  # fmt: skip
    print("低保金", snapshot.decide(household)["低保金"])


if __name__ == "__main__":
    main()
