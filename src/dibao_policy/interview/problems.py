"""D78xx: what can be wrong with an answer, or with the saved state of an interview."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class NotAnInterview(Problem):
    """A text or a piece of data that is not the state of an interview."""

    code, slug = "D7801", "not-an-interview"
    zh = "这不是问答存下的状态：{reason}"
    en = "this is not the state of an interview: {reason_en}"
    mends_zh = ("用 `--save` 存下的文件，或 `state_json` 给出的数据",)
    mends_en = ("use a file that `--save` wrote, or what `state_json` gave",)
    reason: str
    reason_en: str


@problem_kind
class AnotherInterview(Problem):
    """A state that belongs to another policy, another day or other rules: its answers would mean something else."""

    code, slug = "D7802", "another-interview"
    zh = "存下的问答，{what}是 `{found}`，这里是 `{wanted}`"
    en = "the {what_en} of the saved interview is `{found}`, and here it is `{wanted}`"
    mends_zh = ("把已经知道的情况写成家庭文件，用 `--household` 重新开始",)
    mends_en = ("write what is known into a household file, and begin anew with `--household`",)
    what: str
    what_en: str
    found: str
    wanted: str


@problem_kind
class AnswerOutOfPlace(Problem):
    """An answer in a saved state to what nobody asks, or asks no more."""

    code, slug = "D7803", "answer-out-of-place"
    zh = "第 {number} 个回答答的是 `{path}`：{reason}"
    en = "answer {number} is to `{path}`: {reason_en}"
    number: int
    path: str
    reason: str
    reason_en: str


@problem_kind
class NamesDoNotMatch(Problem):
    """More or fewer names than there are members."""

    code, slug = "D7804", "names-do-not-match"
    zh = "家里有 {members} 人，给了 {found} 个称呼"
    en = "the household has {members} members, and {found} names were given"
    mends_zh = ("每人一个称呼，用顿号隔开；也可以都不填",)
    mends_en = ("give one name for each, with commas between, or none at all",)
    members: int
    found: int


@problem_kind
class NameTwice(Problem):
    """Two members with one name: nobody would know of whom a question asks."""

    code, slug = "D7805", "name-twice"
    zh = "有两个成员都称呼 `{name}`，问起来分不清是谁"
    en = "two members are called `{name}`: a question could be about either"
    mends_zh = ("换一个称呼，如 `长子`、`次子`",)
    mends_en = ("use another name, such as `first son` and `second son`",)
    name: str


@problem_kind
class NothingToTakeBack(Problem):
    """A wish to take back an answer before there is one."""

    code, slug = "D7806", "nothing-to-take-back"
    zh = "还没有回答过问题，没有可以改的"
    en = "nothing has been answered yet, so there is nothing to take back"


@problem_kind
class AnswersEnded(Problem):
    """An input that ends while something is still to be asked."""

    code, slug = "D7807", "answers-ended"
    zh = "回答到 `{path}` 就没有了，结果还没有定下来"
    en = "the answers end at `{path}`, and the results are not fixed yet"
    mends_zh = ("用 `--save` 存下，以后用 `--resume` 接着答",)
    mends_en = ("save with `--save`, and go on later with `--resume`",)
    path: str


@problem_kind
class NoAnswer(Problem):
    """An empty answer to what has no default."""

    code, slug = "D7808", "no-answer"
    zh = "`{path}` 没有默认值，不能空着"
    en = "`{path}` has no default and cannot be left empty"
    mends_zh = ("现在答不上来，写 `不知道`，先问别的",)
    mends_en = ("if it is not known now, write `unknown`: something else is asked first",)
    path: str


@problem_kind
class NothingIsAsked(Problem):
    """An answer after the last question."""

    code, slug = "D7809", "nothing-is-asked"
    zh = "没有要回答的问题了，多出一个回答 `{found}`"
    en = "there is nothing left to answer, and `{found}` is one answer too many"
    found: str


@problem_kind
class CannotBePutOff(Problem):
    """The one question without which there is no other."""

    code, slug = "D7810", "cannot-be-put-off"
    zh = "`{path}` 不能先放一放：不知道有几口人，别的都问不了"
    en = "`{path}` cannot be put off: without the number of members nothing else can be asked"
    path: str
