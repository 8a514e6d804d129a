"""D7901 – D7919: why it cannot be said what would turn a result."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class NeitherYesNorAmount(Problem):
    """A result that is neither granted nor refused."""

    code, slug = "D7901", "neither-yes-nor-amount"
    zh = "`{name}` 既不是是否，也不是数额，说不上差多少"
    en = "`{name}` is neither yes or no nor an amount: nothing is short of it"
    mends_zh = ("改问 `{likely}`",)
    mends_en = ("ask about `{likely}`",)
    name: str
    likely: str = ""


@problem_kind
class OfWhichMember(Problem):
    """A result of each member, without a word of which one is meant."""

    code, slug = "D7902", "of-which-member"
    zh = "`{name}` 是每个成员的结果，没有写是第几个成员"
    en = "`{name}` is a result of each member, and which one is meant is not said"
    mends_zh = ("写明第几个成员，从 1 到 {count}",)
    mends_en = ("say which member, from 1 to {count}",)
    name: str
    count: int


@problem_kind
class NoSuchMember(Problem):
    """A member that the household does not have, or one for a result of the whole household."""

    code, slug = "D7903", "no-such-member"
    zh = "`{name}` 没有第 {member} 个成员的结果"
    en = "`{name}` has no result for member {member}"
    mends_zh = ("{mend}",)
    mends_en = ("{mend_en}",)
    name: str
    member: int
    mend: str
    mend_en: str


@problem_kind
class NothingToAsk(Problem):
    """A policy that neither grants anything nor gives an amount."""

    code, slug = "D7904", "nothing-to-ask"
    zh = "政策在 {day} 没有资格，也没有数额，说不上差多少"
    en = "the policy has neither an entitlement nor an amount on {day}: nothing is short of it"
    mends_zh = ("写明要问的结果",)
    mends_en = ("name the result that is asked about",)
    day: str


@problem_kind
class SearchTooLong(Problem):
    """A fact of which nothing could be proven within the work that one question may take."""

    code, slug = "D7905", "search-too-long"
    zh = "`{path}` 改成多少会使 `{name}` 改变，看过 {limit} 段还不能证明"
    en = "at which value of `{path}` `{name}` turns was not proven after {limit} stretches of it"
    mends_zh = ("给这一项写更窄的 `范围`，或者改写 `{name}` 用到它的式子，使它只增或只减",)
    mends_en = (
        "give this fact a closer `范围`, or rewrite what `{name}` makes of it so that it only rises or only falls",
    )
    path: str
    name: str
    limit: int
