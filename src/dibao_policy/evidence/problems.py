"""Problems of receipts, bundles, keys and signatures (D7601 to D7622), with their words.

`file` is the name of the file; `path` leads to a place in it, such as `household[3].value`.
"""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class NotInstalled(Problem):
    """A library of the extra `sign` that is needed and not there."""

    code, slug = "D7601", "sign-not-installed"
    zh = "回执和签名要用 {library}，这里没有安装：`pip install 'dibao-policy[sign]'`"
    en = (
        "receipts and signatures need {library}, which is not installed here: "
        "`pip install 'dibao-policy[sign]'`"
    )
    library: str


@problem_kind
class Unreadable(Problem):
    """A file that holds no data that could be read at all."""

    code, slug = "D7602", "unreadable-evidence"
    zh = "读不了 `{file}`：{reason}"
    en = "`{file}` cannot be read: {reason_en}"
    file: str
    reason: str
    reason_en: str


@problem_kind
class RepeatedKey(Problem):
    """A key that stands twice in one object."""

    code, slug = "D7603", "repeated-key"
    zh = "`{file}` 里同一处有两个 `{key}`"
    en = "`{file}` has the key `{key}` twice in one place"
    file: str
    key: str


@problem_kind
class UnknownKey(Problem):
    """A key that the format does not have."""

    code, slug = "D7604", "unknown-key"
    zh = "`{file}` 里的 `{path}` 不是这种格式的键"
    en = "`{path}` in `{file}` is no key of this format"
    mends_zh = ("是不是 `{near}`？",)
    mends_en = ("perhaps `{near}`?",)
    file: str
    path: str
    near: str = ""


@problem_kind
class MissingKey(Problem):
    """A key of the format that is not there."""

    code, slug = "D7605", "missing-key"
    zh = "`{file}` 里缺少 `{path}`"
    en = "`{file}` has no `{path}`"
    file: str
    path: str


@problem_kind
class WrongForm(Problem):
    """A value of another form than the format has in that place."""

    code, slug = "D7606", "wrong-form"
    zh = "`{file}` 里的 `{path}` 要写{wanted}，写的是{found}"
    en = "`{path}` in `{file}` has to be {wanted_en}, and is {found_en}"
    file: str
    path: str
    wanted: str
    wanted_en: str
    found: str
    found_en: str


@problem_kind
class OtherFormat(Problem):
    """A file of another format, or of another version of it."""

    code, slug = "D7607", "other-format"
    zh = "`{file}` 的格式写作 `{found}`，这里读的是 `{known}`"
    en = "`{file}` says that its format is `{found}`; what is read here is `{known}`"
    mends_zh = ("用能读这种格式的版本核验",)
    mends_en = ("verify it with a release that reads this format",)
    file: str
    found: str
    known: str


@problem_kind
class NotAsWritten(Problem):
    """A text that says the same as a sound one and is not byte for byte what is written of it."""

    code, slug = "D7608", "not-as-written"
    zh = "`{file}` 第 {line} 行的写法不是出具时的写法，文件被动过"
    en = "line {line} of `{file}` is not as it was written; the file was touched"
    mends_zh = ("用出具时的原件，不要整理或另存",)
    mends_en = ("use the original, neither formatted nor saved anew",)
    file: str
    line: str


@problem_kind
class OtherDigest(Problem):
    """A receipt whose digest is not that of what it says."""

    code, slug = "D7609", "other-digest"
    zh = "`{file}` 的内容与它自己的摘要不符，内容被改过"
    en = "`{file}` does not have the digest that it states; its content was changed"
    mends_zh = ("用出具时的原件",)
    mends_en = ("use the original",)
    file: str


@problem_kind
class NoSignature(Problem):
    """A file that is to be verified with a key and has no signature beside it."""

    code, slug = "D7610", "no-signature"
    zh = "`{file}` 旁边没有签名文件 `{signature}`"
    en = "there is no signature `{signature}` beside `{file}`"
    mends_zh = ("把签名文件放在一起；不核对签名时不写 `--key`",)
    mends_en = ("put the signature beside it; without `--key` no signature is looked at",)
    file: str
    signature: str


@problem_kind
class SignatureOfOther(Problem):
    """A signature over other bytes than those of the file."""

    code, slug = "D7611", "signature-of-other-content"
    zh = "`{file}` 不是签名时的内容"
    en = "`{file}` is not what was signed"
    mends_zh = ("用签名时的原件",)
    mends_en = ("use the original that was signed",)
    file: str


@problem_kind
class OtherKey(Problem):
    """A signature by another key than the one that was given."""

    code, slug = "D7612", "other-key"
    zh = "`{file}` 是另一把密钥签的：签名写的是 `{found}`，给的公钥是 `{known}`"
    en = "`{file}` was signed with another key: the signature says `{found}`, the key given is `{known}`"
    mends_zh = ("用签名单位的公钥",)
    mends_en = ("use the public key of whoever signed",)
    file: str
    found: str
    known: str


@problem_kind
class WrongSignature(Problem):
    """A signature that the key does not bear out."""

    code, slug = "D7613", "wrong-signature"
    zh = "`{file}` 的签名不成立"
    en = "the signature of `{file}` does not hold"
    file: str


@problem_kind
class UnreadableKey(Problem):
    """A file that holds no key of a known algorithm, or the other half of the pair."""

    code, slug = "D7614", "unreadable-key"
    zh = "`{file}` 里没有可用的{wanted}：{reason}"
    en = "`{file}` holds no {wanted_en} that can be used: {reason_en}"
    file: str
    wanted: str
    wanted_en: str
    reason: str
    reason_en: str


@problem_kind
class NotOverwritten(Problem):
    """A file that is there and holds something else."""

    code, slug = "D7615", "not-overwritten"
    zh = "`{file}` 已经存在，没有写入：密钥和凭据从不覆盖"
    en = "`{file}` exists already and was not written: keys and evidence are never replaced"
    mends_zh = ("换一个文件名，或先把原来的移走",)
    mends_en = ("choose another name, or move the file that is there",)
    file: str


@problem_kind
class NotABundle(Problem):
    """A file that is not a zip as bundles are, or more than one may hold."""

    code, slug = "D7616", "not-a-bundle"
    zh = "`{file}` 不是打包的政策：{reason}"
    en = "`{file}` is not a bundle of a policy: {reason_en}"
    mends_zh = ("用 `dibao bundle` 重新打包",)
    mends_en = ("pack the policy again with `dibao bundle`",)
    file: str
    reason: str
    reason_en: str


@problem_kind
class UnsafeEntry(Problem):
    """A name in a bundle that no file of a policy has."""

    code, slug = "D7617", "unsafe-entry"
    zh = "包 `{file}` 里的 `{entry}` 不是政策文件的位置"
    en = "`{entry}` in the bundle `{file}` is no place of a file of a policy"
    mends_zh = ("只收 `政策/名称.dibao` 和 `政策/parameters/名称.yaml`",)
    mends_en = ("only `policy/name.dibao` and `policy/parameters/name.yaml` are taken",)
    file: str
    entry: str


@problem_kind
class RepeatedEntry(Problem):
    """A name that stands twice in a bundle."""

    code, slug = "D7618", "repeated-entry"
    zh = "包 `{file}` 里有两个 `{entry}`"
    en = "`{entry}` is twice in the bundle `{file}`"
    file: str
    entry: str


@problem_kind
class OtherFile(Problem):
    """A file of a bundle that is not the one that the manifest names."""

    code, slug = "D7619", "other-file"
    zh = "包 `{file}` 里的 `{entry}` {reason}"
    en = "`{entry}` in the bundle `{file}` {reason_en}"
    mends_zh = ("用打包时的原件",)
    mends_en = ("use the original",)
    file: str
    entry: str
    reason: str
    reason_en: str


@problem_kind
class PolicyNotFound(Problem):
    """The policy of a receipt that is not where it is looked for."""

    code, slug = "D7620", "policy-not-found"
    zh = "`{place}` 里没有回执的政策 `{policy}`"
    en = "the policy `{policy}` of the receipt is not in `{place}`"
    mends_zh = ("指明放着这项政策的文件夹或包",)
    mends_en = ("name the folder or the bundle that holds it",)
    place: str
    policy: str


@problem_kind
class UnwritableText(Problem):
    """A text of a household that no file can hold."""

    code, slug = "D7621", "unwritable-text"
    zh = "`{path}` 里有不能写进文件的字符，出不了回执"
    en = "`{path}` has characters that no file can hold; there is no receipt of it"
    mends_zh = ("改正这段文字的编码",)
    mends_en = ("mend the encoding of the text",)
    path: str


@problem_kind
class WrongMoment(Problem):
    """A time of issue that is not written as one."""

    code, slug = "D7622", "wrong-moment"
    zh = "出具时间 `{text}` 要写作 `2024-03-01T09:30:00+08:00`"
    en = "the time of issue `{text}` has to be written as `2024-03-01T09:30:00+08:00`"
    text: str
