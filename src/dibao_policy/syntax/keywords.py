"""The words of the language: each keyword in Chinese and in English.

A *line* word is a keyword only at the head of a line; anywhere else it is an ordinary name.
An *inline* word is a keyword wherever it stands as a whole word, and cannot be a name.
A *called* word is a keyword before an opening bracket.
A *context* word is a keyword where the blocks of its kind expect it (`arrange` knows where), and a name elsewhere.
"""

from __future__ import annotations

from typing import Literal

BLOCKS: dict[str, tuple[str, str]] = {
    "POLICY": ("政策", "policy"),
    "ENUM": ("枚举", "enum"),
    "INPUT": ("输入", "input"),
    "PARAMETER": ("参数", "parameter"),
    "DEFINE": ("定义", "define"),
    "INCOME": ("收入", "income"),
    "ELIGIBILITY": ("资格", "eligibility"),
    "BENEFIT": ("救助", "benefit"),
    "GRADED": ("分类施保", "graded"),
    "SELECT": ("择一", "select"),
    "TAPER": ("渐退", "taper"),
    "SPECIAL": ("专项", "special"),
    "OVERRIDE": ("改写", "override"),
    "CROSSCHECK": ("核查", "crosscheck"),
    "PROCEDURE": ("程序", "procedure"),
    "FUND": ("资金", "fund"),
    "PROPERTY": ("性质", "property"),
}

CLAUSES: dict[str, tuple[str, str]] = {
    "INHERIT": ("继承", "inherit"),
    "NOTE": ("说明", "note"),
    "COUNT": ("计入", "count"),
    "EXEMPT": ("免计", "exempt"),
    "DEDUCT": ("扣减", "deduct"),
    "IMPUTE": ("推定", "impute"),
    "REQUIRE": ("要求", "require"),
    "AMOUNT": ("金额", "amount"),
    "CATEGORY": ("类别", "category"),
    "HIGHEST": ("就高", "highest"),
    "CUMULATIVE": ("叠加", "cumulative"),
    "IN_ORDER": ("依次", "in_order"),
    "DEDUCTIONS": ("扣减合计", "deductions"),
    "CASE": ("情形", "case"),
    "REST": ("其余", "rest"),
    "BASE": ("基数", "base"),
    "GROUP": ("对象", "group"),
    "TRANSITION": ("过渡", "transition"),
    "EXCLUDES": ("不可兼得", "excludes"),
    "STEP": ("步骤", "step"),
    "FORMERLY": ("曾用名", "formerly"),
    "TELL": ("告知", "tell"),
}

INLINE: dict[str, tuple[str, str]] = {
    "CITE": ("依据", "citing"),
    "NUMBERED": ("文号", "numbered"),
    "ADDRESS": ("网址", "address"),
    "UNVERIFIED": ("未核实", "unverified"),
    "VERSION": ("版本", "version"),
    "SINCE": ("自", "since"),
    "ONWARD": ("起", "onward"),
    "UNTIL": ("至", "until"),
    "RANGE": ("范围", "range"),
    "ASK": ("问", "ask"),
    "DEFAULT": ("默认", "default"),
    "BY": ("按", "by"),
    "EXACT": ("精确", "exact"),
    "WHEN": ("当", "when"),
    "AT_LEAST": ("至少", "at_least"),
    "AT_MOST": ("至多", "at_most"),
    "ROUND": ("取整", "round"),
    "TO": ("到", "to"),
    "HALF_UP": ("四舍五入", "half_up"),
    "UP": ("进位", "up"),
    "DOWN": ("舍去", "down"),
    "HALF_EVEN": ("四舍六入五成双", "half_even"),
    "IF": ("如果", "if"),
    "THEN": ("那么", "then"),
    "ELSE": ("否则", "else"),
    "OR": ("或", "or"),
    "AND": ("且", "and"),
    "NOT": ("非", "not"),
    "IN": ("属于", "in"),
    "NOT_IN": ("不属于", "not_in"),
    "BETWEEN": ("在", "between"),
    "HOUSEHOLD": ("家庭", "household"),
    "MEMBER": ("成员", "member"),
    "YES": ("是", "yes"),
    "NO": ("否", "no"),
    "ORDERED": ("有序", "ordered"),
    "DISCRETION": ("人工认定", "discretionary"),
    "CHANGEABLE": ("可变动", "changeable"),
    "EXCEPT": ("例外", "except"),
    "DISPOSE": ("处理", "disposition"),
    "DESCENDING": ("从高到低", "descending"),
    "ASCENDING": ("从低到高", "ascending"),
}

AGGREGATES: dict[str, tuple[str, str]] = {
    "sum": ("合计", "sum"),
    "count": ("人数", "count"),
    "any": ("存在", "any"),
    "all": ("全部", "all"),
    "maximum": ("最大", "maximum"),
    "minimum": ("最小", "minimum"),
}

CALLED: dict[str, tuple[str, str]] = {
    "RANK": ("第几", "rank"),
    "STEPS": ("分段", "bracket"),
    "PARTS": ("累进", "progressive"),
}

CONTEXT: dict[str, dict[str, tuple[str, str]]] = {
    "SPECIAL": {
        "DEDUCTIBLE": ("起付", "deductible"),
        "RATE": ("比例", "rate"),
        "CEILING": ("封顶", "ceiling"),
        "FIXED": ("定额", "fixed"),
        "PROGRESSIVE": ("累进", "progressive"),
        "LESS": ("扣除", "less"),
    },
    "PROCEDURE": {
        "RESPONSIBLE": ("责任", "responsible"),
        "LIMIT": ("期限", "limit"),
        "IMMEDIATE": ("即时", "immediate"),
        "SHARE": ("比例", "share"),
        "POSTING": ("公示", "posting"),
        "DOCUMENTS": ("材料", "documents"),
        "SIGNED": ("签字", "signed"),
    },
    "FUND": {"DEDICATED": ("专户", "dedicated")},
    "PROPERTY": {
        "INCREASES": ("增加", "increases"),
        "DECREASES": ("减少", "decreases"),
        "NOT_DECREASE": ("不减少", "not_decrease"),
        "NOT_INCREASE": ("不增加", "not_increase"),
        "UNCHANGED": ("不变", "unchanged"),
        "TOLERANCE": ("容差", "tolerance"),
    },
    # Of no block: after 告知, in whatever block it stands.
    "TELL": {
        "PAYMENT": ("发放", "payment"),
        "DUTY": ("应办", "duty"),
        "REMEDY": ("救济", "remedy"),
        "SKIPPED": ("略过", "skipped"),
        "DECISIVE": ("起作用时", "decisive"),
        "INTERNAL": ("内部", "internal"),
    },
}
# A local layer's rule may be a special assistance too.
CONTEXT["OVERRIDE"] = CONTEXT["SPECIAL"]

SIGNS: dict[str, str] = {
    "PLUS": "+",
    "MINUS": "−",
    "TIMES": "×",
    "DIVIDE": "÷",
    "EQUAL": "=",
    "COMPARE": "<",
    "RANGE_DOTS": "..",
    "ARROW": "→",
    "OPEN": "(",
    "CLOSE": ")",
    "BRACE": "{",
    "UNBRACE": "}",
    "BRACKET": "[",
    "UNBRACKET": "]",
    "COMMA": "，",
    "COLON": "：",
    "DOT": ".",
}


def _by_word(table: dict[str, tuple[str, str]]) -> dict[str, str]:
    return {word: kind for kind, words in table.items() for word in words}


BLOCK_OF = _by_word(BLOCKS)
CLAUSE_OF = _by_word(CLAUSES)
INLINE_OF = _by_word(INLINE)
AGGREGATE_OF = _by_word(AGGREGATES)
CALLED_OF = _by_word(CALLED)
CONTEXT_OF = {block: _by_word(table) for block, table in CONTEXT.items()}

# A name may not be one of these: as whole words they are always keywords.
RESERVED = frozenset(INLINE_OF)

# Words of two characters or more that, inside a longer word, betray a missing space.
RUN_TOGETHER = tuple(
    sorted(
        (
            INLINE[kind][0]
            for kind in ("IF", "THEN", "ELSE", "IN", "NOT_IN", "CITE", "AT_LEAST", "AT_MOST")
        ),
        key=len,
        reverse=True,
    )
)

# One-character keywords: whether a word contains one of them as a keyword depends on the names declared.
ONE_CHARACTER = ("且", "或", "非", "当", "在", "按", "到", "自", "至", "起", "问", "是", "否")

# Both spellings of each kind of keyword.
SPELLINGS: dict[str, tuple[str, str]] = {
    kind: words
    for table in (BLOCKS, CLAUSES, INLINE, CALLED, *CONTEXT.values())
    for kind, words in table.items()
}


_THINGS = {
    "WORD": ("名称", "a name"),
    "QUANTITY": ("数值", "a quantity"),
    "DATE": ("日期", "a date"),
    "ORDINAL": ("`第 1 月`", "`第 1 月`"),
    "STRING": ("引号中的文字", "text in quotation marks"),
    "BOOK": ("《文件名》", "a title in 《》"),
    "AGGREGATE": ("`合计(…)`", "`合计(…)`"),
    "NEWLINE": ("换行", "a new line"),
    "$END": ("块的结尾", "the end of the block"),
}


def display(kind: str, language: Literal["zh", "en"] = "zh") -> str:
    """How a kind of word or sign is named to a person; keywords stay in Chinese, as the author types them."""
    for table in (BLOCKS, CLAUSES, INLINE, CALLED, *CONTEXT.values()):
        if kind in table:
            return f"`{table[kind][0]}`"
    if kind in SIGNS:
        return f"`{SIGNS[kind]}`"
    return _THINGS[kind][0 if language == "zh" else 1] if kind in _THINGS else kind
