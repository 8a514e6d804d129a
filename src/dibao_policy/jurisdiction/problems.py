"""Problems of the answers about a new jurisdiction (D6004 to D6006), with their words."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class NotACode(Problem):
    """A folder or a district under a code name that the language does not take."""

    code, slug = "D6004", "not-a-code"
    zh = "`{text}` 不能作代码名"
    en = "`{text}` cannot be a code name"
    mends_zh = ("用小写字母、数字和下划线，以字母开头，不用关键词，如 `jilin`",)
    mends_en = (
        "use small letters, digits and underscores, a letter first, no keyword, as in `jilin`",
    )
    text: str


@problem_kind
class NotAName(Problem):
    """A jurisdiction or a district under a name that the language does not take."""

    code, slug = "D6005", "not-a-name"
    zh = "`{text}` 不能作名称"
    en = "`{text}` cannot be a name"
    mends_zh = ("名称里不留空格和标点，也不用关键词；区县写作 `昌邑区(changyi)、龙潭区(longtan)`",)
    mends_en = (
        "a name has no spaces, no punctuation and is no keyword; "
        "districts are written `昌邑区(changyi)、龙潭区(longtan)`",
    )
    text: str


@problem_kind
class RepeatedDistrict(Problem):
    """Two districts under one name."""

    code, slug = "D6006", "repeated-district"
    zh = "`{name}` 重复，前面已有一个"
    en = "`{name}` is repeated: there is one before it"
    mends_zh = ("只留一个，或改用不同的代码名",)
    mends_en = ("keep one of them, or give them different code names",)
    name: str
