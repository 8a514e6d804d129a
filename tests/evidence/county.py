"""A county that inherits from its province, a family, and what the tests make of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dibao_policy import Policy, load
from dibao_policy.evidence import Receipt, receipt_of, receipt_text

DAY = datetime.date(2024, 3, 1)

PROVINCE = """政策 示例省(province)
  版本 "2024"
  依据 办法 = 《示例省办法》

枚举 区县(district) { 东区(east), 西区(west) }
输入 家庭.区县(district): 区县
输入 家庭.存款(savings): 元  默认 0元
输入 成员.工资(wage): 元/月  默认 0元/月
输入 成员.出生日期(birth): 日期
参数 低保标准(line): 元/人月 按 区县

定义 家庭.人口(size): 人 = 人数(成员)
定义 成员.年满六十(sixty): 是否 = 周岁(出生日期) ≥ 60岁
  依据 办法 第二条
定义 家庭.家庭收入(income): 元/月 = 合计(成员.工资)
  依据 办法 第三条
定义 家庭.人均收入(income_each): 元/人月 精确 = 家庭收入 ÷ 人口
  依据 办法 第三条
资格 家庭.低保(eligible)
  要求 收入: 人均收入 < 低保标准[区县]
  要求 存款: 存款 ≤ 10000元
  依据 办法 第四条
"""

COUNTY = """政策 示例县(county)
  版本 "1.0"
  继承 province
  依据 细则 = 《示例县细则》

救助 家庭.低保金(benefit): 元/月
  当 低保
  金额 低保标准[区县] × 人口 − 家庭收入
  依据 细则 第五条
"""

LINES = """低保标准:
  取值:
    - 自: 2020-01-01
      值: {东区: 500, 西区: 450}
      来源: {文件: 关于低保标准的通知, 状态: 原文}
"""

FILES = {
    "province/办法.dibao": PROVINCE,
    "province/parameters/标准.yaml": LINES,
    "county/细则.dibao": COUNTY,
}

FAMILY: dict[str, Any] = {
    "区县": "东区",
    "成员": [
        {"称呼": "户主", "工资": "700.50", "出生日期": "1960-05-01"},
        {"工资": 500, "出生日期": "1990-10-01"},
        {"birth": "2015-02-28"},
    ],
}


def write_policies(folder: Path, **changes: tuple[str, str]) -> Path:
    """The folders of the policies below a folder, with texts replaced by others in all files."""
    for place, text in FILES.items():
        for before, after in changes.values():
            text = text.replace(before, after)
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, "utf-8")
    for before, _ in changes.values():
        assert any(before in text for text in FILES.values()), before
    return folder


def county(folder: Path, **changes: tuple[str, str]) -> Policy:
    """The policy of the county, with texts replaced by others."""
    return load(write_policies(folder, **changes) / "county")


def receipt(policy: Policy, family: Mapping[str, Any] = FAMILY) -> Receipt:
    return receipt_of(policy.on(DAY), family)


def receipt_bytes(policy: Policy, family: Mapping[str, Any] = FAMILY) -> bytes:
    return receipt_text(receipt(policy, family)).encode()
