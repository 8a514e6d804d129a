"""`dibao receipt`, `bundle`, `keys`, `sign` and `verify` as a person at a terminal uses them."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import dibao_policy
from dibao_policy.cli.main import main
from dibao_policy.evidence.written import canonical_digest, written

from .county import FILES, write_policies

HOUSEHOLD = """区县: 东区
成员:
  - {称呼: 户主, 工资: 700.50, 出生日期: 1960-05-01}
  - {工资: 500, 出生日期: 1990-10-01}
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the policies, a household, a receipt, a bundle and keys."""
    write_policies(tmp_path / "policies")
    (tmp_path / "family.yaml").write_text(HOUSEHOLD, "utf-8")
    monkeypatch.chdir(tmp_path)
    for command in (
        "receipt policies/county family.yaml --on 2024-03-01 --out r.json",
        "bundle policies/county --out county.zip",
        "keys --out office.key",
    ):
        assert run(command).exit_code == 0
    return tmp_path


def run(command: str) -> Result:
    result = CliRunner().invoke(main, command.split())
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def data(command: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(run(f"{command} --format json").output)
    return found


def digest_of(file: Path) -> object:
    return json.loads(file.read_bytes())["digest"]


# ── receipt ───────────────────────────────────────────────────────────────


def test_a_receipt_is_printed_or_written(place: Path) -> None:
    command = "receipt policies/county family.yaml --on 2024-03-01"
    written = run(f"回执 {command.removeprefix('receipt ')} --out again.json")

    assert written.output == f"回执已写入 again.json\n摘要 {digest_of(place / 'again.json')}\n"
    assert run(command).output == (place / "again.json").read_text("utf-8")
    assert (place / "again.json").read_bytes() == (place / "r.json").read_bytes()
    assert data(f"{command} --out third.json") == {
        "file": "third.json",
        "digest": digest_of(place / "r.json"),
    }


def test_the_same_receipt_is_written_again_and_another_never_over_it(place: Path) -> None:
    command = "receipt policies/county family.yaml --out r.json --on"
    before = (place / "r.json").read_bytes()
    again, other = run(f"{command} 2024-03-01"), run(f"{command} 2024-03-02 --lang en")

    assert (again.exit_code, other.exit_code) == (0, 1)
    assert other.output.startswith("error[D7615]: `r.json` exists already and was not written")
    assert (place / "r.json").read_bytes() == before


def test_a_receipt_may_have_a_time_and_assumed_values(place: Path) -> None:
    command = "receipt policies/county assumed.yaml --on 2024-03-01 --assuming 人均收入"
    (place / "assumed.yaml").write_text(
        "区县: 东区\n人均收入: 400\n成员: [{出生日期: 1960-05-01}]\n", "utf-8"
    )
    result = run(f"{command} --issued 2024-03-02T09:30:00+08:00 --out a.json")
    refused = run(f"{command} --issued today")

    assert result.exit_code == 0
    assert run("verify a.json --policies policies").output.splitlines()[1:3] == [
        "  出具时间 2024-03-02T09:30:00+08:00",
        "  假定的数值：人均收入",
    ]
    assert refused.exit_code == 1
    assert "D7622" in refused.output
    assert "D3029" in run(command.replace("人均收入", "总收入")).output


def test_a_faulty_household_and_a_faulty_policy_are_told(place: Path) -> None:
    (place / "family.yaml").write_text("区县: 南区\n成员: []\n", "utf-8")
    (place / "policies" / "county" / "细则.dibao").write_text("政策\n", "utf-8")
    command = "receipt policies/{} family.yaml --on 2024-03-01"

    assert run(command.format("county")).exit_code == 1
    assert "D5008" in (told := run(command.format("province"))).output
    assert told.exit_code == 1


# ── bundle, keys, sign ────────────────────────────────────────────────────


def test_a_bundle_tells_what_is_in_it(place: Path) -> None:
    told = data("打包 policies/county --out county.zip")

    assert told["policies"] == ["county", "province"]
    assert told["files"] == sorted(FILES)
    assert run("bundle policies/county --out county.zip").output == (
        f"已打包 示例县（county、province）：3 个文件，写入 county.zip\n摘要 {told['digest']}\n"
    )
    assert "Packed 示例县 (county, province): 3 files" in (
        run("bundle policies/county --out county.zip --lang en").output
    )
    (place / "county.zip").write_bytes(b"x")
    assert run("bundle policies/county --out county.zip").exit_code == 1
    assert (place / "county.zip").read_bytes() == b"x"


def test_a_private_key_is_for_its_owner_and_never_replaced(place: Path) -> None:
    key, public = place / "office.key", place / "office.key.pub"
    before = key.read_bytes(), public.read_bytes()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert b"PRIVATE" in before[0] and b"PUBLIC" in before[1]

    for kept in ((key, public), (key,), (public,)):
        for path, content in zip((key, public), before, strict=True):
            path.unlink(missing_ok=True)
            if path in kept:
                path.write_bytes(content)
        result = run("密钥 --out office.key")
        assert result.exit_code == 1
        assert [one.name for one in kept if one.name in result.output] == [x.name for x in kept]
        assert sorted(path.name for path in (key, public) if path.exists()) == sorted(
            path.name for path in kept
        )


def test_keys_are_made_whatever_the_mask_and_not_through_a_link(place: Path) -> None:
    mask = os.umask(0)
    try:
        told = data("keys --out open.key")
    finally:
        os.umask(mask)
    (place / "link.key").symlink_to(place / "nowhere")

    assert stat.S_IMODE((place / "open.key").stat().st_mode) == 0o600
    assert told["algorithm"] == "Ed25519"
    assert str(told["key"]).startswith("sha256:")
    assert run("keys --out link.key").exit_code == 1
    assert not (place / "nowhere").exists()
    assert run("keys --out no/such/folder/k").exit_code == 1


def test_what_is_sound_is_signed_and_nothing_else(place: Path) -> None:
    mark = data("keys --out other.key")["key"]
    signed = run("签名 r.json --key other.key")
    (place / "touched.json").write_bytes((place / "r.json").read_bytes() + b"\n")

    assert signed.output == f"签名已写入 r.json.sig（Ed25519，公钥标记 {mark}）\n"
    assert data("sign county.zip --key other.key")["file"] == "county.zip.sig"
    assert run("sign touched.json --key other.key").exit_code == 1
    assert run("sign family.yaml --key other.key").exit_code == 1
    assert run("sign r.json --key other.key.pub").exit_code == 1
    assert not (place / "touched.json.sig").exists()
    # By another key: the signature that is there stays.
    assert "D7615" in run("sign r.json --key office.key").output


# ── verify ────────────────────────────────────────────────────────────────


def test_a_receipt_that_is_the_same(place: Path) -> None:
    run("sign r.json --key office.key")
    mark = json.loads((place / "r.json.sig").read_bytes())["key"]
    digest = json.loads((place / "r.json").read_bytes())["policy"]["digest"]
    result = run("核验 r.json --policies policies --key office.key.pub")

    assert result.exit_code == 0
    assert result.output == (
        "回执 r.json：示例县（county，版本 1.0），2024-03-01，2 人\n"
        "  内容与自己的摘要相符\n"
        f"  签名成立：Ed25519，公钥标记 {mark}\n"
        "  用 policies 里的政策重算\n"
        f"相同：规则和数值一样（校验码 {digest}），8 项结果逐字一致\n"
    )
    assert run("verify r.json --bundle county.zip --lang en").output == (
        "Receipt r.json: 示例县 (county, version 1.0), 2024-03-01, 2 people\n"
        "  the content has the digest that it states\n"
        "  no signature was looked at: no public key was given (--key)\n"
        "  computed again by the policy in county.zip\n"
        f"The same: the same rules and values (digest {digest}), 8 results alike to the letter\n"
    )


def test_a_receipt_alone_says_that_nothing_was_computed_again(place: Path) -> None:
    result = run("verify r.json")

    assert result.exit_code == 0
    assert result.output.endswith("没有重算：没有指明政策在哪里（--policies 或 --bundle）\n")
    assert data("verify r.json")["verdict"] == "not-computed"


def test_another_engine_is_the_same_with_a_note(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = dibao_policy.__version__
    monkeypatch.setattr(dibao_policy, "__version__", "9.9.9")
    result = run("verify r.json --policies policies")

    assert result.exit_code == 0
    assert result.output.splitlines()[-2].startswith("相同：")
    assert result.output.splitlines()[-1] == (
        f"注：回执由引擎 {package}（语言 0.1）出具，现在是 9.9.9（语言 0.1）"
    )


def test_a_receipt_under_other_rules_is_different(place: Path) -> None:
    before = json.loads((place / "r.json").read_bytes())["policy"]["digest"]
    values = place / "policies" / "province" / "parameters" / "标准.yaml"
    values.write_text(values.read_text("utf-8").replace("500", "650"), "utf-8")
    result = run("verify r.json --policies policies")
    told = data("verify r.json --policies policies")

    assert result.exit_code == 1
    assert result.output.split("重算\n", 1)[1] == (
        "不同\n"
        f"  规则或数值不同：回执的校验码是 {before}，现在是 {told['policy_now']['digest']}\n"
        "    参数 低保标准：改过\n"
        "  结果不同\n"
        "    低保·收入：回执 否，重算 是\n"
        "    低保：回执 否，重算 是\n"
        "    低保金：回执 0，重算 99.5\n"
    )
    assert told["verdict"] == "different"
    assert told["parts"] == [{"kind": "parameter", "name": "低保标准", "change": "changed"}]
    # The bundle of before still bears it out.
    assert run("verify r.json --bundle county.zip").exit_code == 0


def test_a_receipt_that_does_not_come_of_its_own_rules_is_told_so(place: Path) -> None:
    forged = json.loads((place / "r.json").read_bytes())
    forged.pop("digest")
    forged["results"][-1]["value"] = "1000"
    (place / "f.json").write_text(written({**forged, "digest": canonical_digest(forged)}), "utf-8")
    result = run("verify f.json --policies policies")

    assert result.exit_code == 1
    assert result.output.split("重算\n", 1)[1] == (
        "不同\n"
        "  结果不同\n"
        "    低保金：回执 1000，重算 0\n"
        "  规则、数值和输入都一样，结果却不同：回执上的结果不是这样算出来的\n"
    )


def test_a_receipt_cannot_pose_as_another_line(place: Path) -> None:
    forged = json.loads((place / "r.json").read_bytes())
    forged.pop("digest")
    forged["policy"]["name"] = "县\n相同：\x1b[1A\u202e"
    forged["results"][-1]["value"] = "1\n相同"
    (place / "f.json").write_text(written({**forged, "digest": canonical_digest(forged)}), "utf-8")
    result = run("verify f.json --policies policies")

    assert result.exit_code == 1
    assert result.output.startswith("回执 f.json：县�相同：�[1A�（county，")
    assert "    低保金：回执 1�相同，重算 0\n" in result.output


def test_a_receipt_that_the_rules_of_today_refuse(place: Path) -> None:
    rules = place / "policies" / "province" / "办法.dibao"
    rules.write_text(rules.read_text("utf-8").replace("元  默认 0元\n", "元\n"), "utf-8")
    result = run("verify r.json --policies policies")

    assert result.exit_code == 1
    assert result.output.split("重算\n", 1)[1] == (
        "不同\n"
        "  规则或数值不同\n"
        "    输入 存款：改过\n"
        "  按现在的规定算不出来\n"
        "    D5001 缺少 `存款`，无法计算 `低保`\n"
    )


def test_a_bundle_with_and_without_its_signature(place: Path) -> None:
    run("sign county.zip --key office.key")
    (signed, unsigned) = (
        run("verify county.zip --key office.key.pub"),
        run("verify county.zip"),
    )

    assert signed.output.splitlines()[:2] == [
        "政策包 county.zip：示例县（county，版本 1.0）",
        "  3 个文件与清单的摘要逐一相符；政策没有错误",
    ]
    assert signed.output.splitlines()[2].startswith("  签名成立：Ed25519")
    assert unsigned.output.endswith("  没有核对签名：没有给出公钥（--key）\n")
    assert data("verify county.zip")["kind"] == "bundle"


@pytest.mark.parametrize("file", ["r.json", "county.zip"])
def test_what_was_touched_is_refused(place: Path, file: str) -> None:
    run(f"sign {file} --key office.key")
    run("keys --out other.key")
    assert run(f"verify {file} --key office.key.pub").exit_code == 0
    assert "D7612" in run(f"verify {file} --key other.key.pub").output
    assert "D7614" in run(f"verify {file} --key office.key").output
    content = (place / file).read_bytes()
    signature = (place / f"{file}.sig").read_bytes()

    (place / file).write_bytes(content.replace("示例".encode(), "实例".encode(), 1))
    assert run(f"verify {file} --key office.key.pub").exit_code == 1
    (place / file).write_bytes(content)
    digit = b"0" if signature[-4:-3] != b"0" else b"1"
    (place / f"{file}.sig").write_bytes(signature[:-4] + digit + signature[-3:])
    assert "D7613" in run(f"verify {file} --key office.key.pub").output
    (place / f"{file}.sig").unlink()
    assert "D7610" in run(f"verify {file} --key office.key.pub").output


def test_a_signature_of_another_receipt_is_refused(place: Path) -> None:
    run("receipt policies/county family.yaml --on 2024-03-02 --out second.json")
    run("sign second.json --key office.key")
    (place / "second.json.sig").rename(place / "r.json.sig")

    assert "D7611" in run("verify r.json --key office.key.pub").output


def test_a_policy_that_is_not_there_is_told(place: Path) -> None:
    (place / "empty").mkdir()
    run("bundle policies/province --out province.zip")

    assert "`empty` 里没有回执的政策 `county`" in run("verify r.json --policies empty").output
    assert "`province.zip` 里没有回执的政策 `county`" in (
        run("verify r.json --bundle province.zip").output
    )


@pytest.mark.parametrize("code", ["..", ".", "../policies/county", "a/b", "a\0b", "/"])
def test_the_code_of_a_policy_is_no_way_out_of_the_folder(place: Path, code: str) -> None:
    forged = json.loads((place / "r.json").read_bytes())
    forged.pop("digest")
    forged["policy"]["code"] = code
    (place / "f.json").write_text(written({**forged, "digest": canonical_digest(forged)}), "utf-8")

    assert "D7620" in run("verify f.json --policies policies").output


def test_usage_that_makes_no_sense_is_refused(place: Path) -> None:
    assert run("verify r.json --policies policies --bundle county.zip").exit_code == 2
    assert run("verify county.zip --policies policies").exit_code == 2
    assert run("verify nothing.json").exit_code == 2
    assert run("receipt policies/county family.yaml").exit_code == 2


@pytest.mark.parametrize(
    ("library", "command"),
    [
        ("rfc8785", "receipt policies/county family.yaml --on 2024-03-01"),
        ("rfc8785", "verify r.json"),
        ("cryptography", "keys --out new.key"),
        ("cryptography", "sign county.zip --key office.key"),
        ("cryptography", "verify county.zip --key office.key.pub"),
    ],
)
def test_without_the_extra_a_command_says_which_one_to_install(
    place: Path, monkeypatch: pytest.MonkeyPatch, library: str, command: str
) -> None:
    monkeypatch.delitem(sys.modules, "dibao_policy.evidence.ed25519", raising=False)
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    result = run(command)

    assert result.exit_code == 1
    assert result.output.startswith(
        f"错误[D7601]: 回执和签名要用 {library}，这里没有安装：`pip install 'dibao-policy[sign]'`"
    )
    assert not (place / "new.key").exists()


def test_a_bundle_needs_no_extra(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rfc8785", None)
    monkeypatch.setitem(sys.modules, "cryptography", None)

    assert run("bundle policies/county --out county.zip").exit_code == 0
    assert run("verify county.zip").exit_code == 0


def test_a_full_disk_leaves_nothing_behind(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    result = run("keys --out new.key")

    assert result.exit_code == 1
    assert "No space left on device" in result.output
    assert not list(place.glob("new.key*"))
