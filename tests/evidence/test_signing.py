"""A signature holds for the very bytes and the very key, by whatever algorithm."""

from __future__ import annotations

import subprocess
from base64 import b64encode
from pathlib import Path
from shutil import which

import pytest
from attrs import evolve, frozen
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from dibao_policy import PolicyError
from dibao_policy.evidence.ed25519 import Ed25519
from dibao_policy.evidence.signing import (
    Algorithm,
    Signature,
    algorithms,
    check_signature,
    read_public_key,
    read_signature,
    sign,
    signature_text,
)
from dibao_policy.evidence.written import content_digest
from dibao_policy.problem import message

CONTENT = "回执".encode() * 50


@pytest.fixture(scope="module")
def pair() -> tuple[bytes, bytes]:
    return algorithms()[0].new_pair()


def faults(content: bytes, signature: Signature, public: bytes) -> list[str]:
    found = check_signature("r.json", content, signature, read_public_key("k.pub", public))
    return [one.code for one in found]


def test_a_signature_comes_back_and_holds(pair: tuple[bytes, bytes]) -> None:
    signature = sign(CONTENT, "k", pair[0])
    text = signature_text(signature).encode()

    assert read_signature("r.json.sig", text) == (signature, ())
    assert faults(CONTENT, signature, pair[1]) == []
    assert signature_text(sign(CONTENT, "k", pair[0])).encode() == text


def test_it_is_that_of_the_standard() -> None:
    """RFC 8032, section 7.1, test 2: one byte, 72."""
    seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    inner = b64encode(bytes.fromhex("302e020100300506032b657004220420") + seed).decode()
    key = f"-----BEGIN PRIVATE KEY-----\n{inner}\n-----END PRIVATE KEY-----\n".encode()

    assert sign(b"\x72", "k", key).signature == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


def test_a_byte_of_the_signature_file_that_differs_is_refused(pair: tuple[bytes, bytes]) -> None:
    text = signature_text(sign(CONTENT, "k", pair[0])).encode()
    for place in range(len(text)):
        for bit in (0x01, 0x20, 0x80):
            touched = bytearray(text)
            touched[place] ^= bit
            signature, found = read_signature("r.json.sig", bytes(touched))
            assert (signature is None) == bool(found)
            assert signature is None or faults(CONTENT, signature, pair[1]), place


def test_other_bytes_another_key_and_another_signature_are_told(pair: tuple[bytes, bytes]) -> None:
    signature = sign(CONTENT, "k", pair[0])
    private, public = algorithms()[0].new_pair()
    other = evolve(sign(b"x", "k", pair[0]), content=content_digest(CONTENT))
    posing = evolve(sign(CONTENT, "k", private), key=signature.key)

    assert faults(CONTENT + b"\n", signature, pair[1]) == ["D7611"]
    assert faults(CONTENT, signature, public) == ["D7612"]
    assert faults(CONTENT, evolve(signature, algorithm="SM2-SM3"), pair[1]) == ["D7612"]
    assert faults(CONTENT, other, pair[1]) == ["D7613"]
    assert faults(CONTENT, posing, pair[1]) == ["D7613"]
    assert faults(CONTENT, evolve(signature, signature="00"), pair[1]) == ["D7613"]


def test_the_other_half_and_no_key_at_all_are_told(pair: tuple[bytes, bytes]) -> None:
    told = "不是这里认识的算法，或是另一半密钥"
    locked = serialization.load_pem_private_key(pair[0], None).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"x"),
    )
    for key in (pair[1], b"", b"\0\xff", locked):
        with pytest.raises(PolicyError) as refused:
            sign(CONTENT, "k", key)
        assert [message(one) for one in refused.value.problems] == [f"`k` 里没有可用的私钥：{told}"]
    for key in (pair[0], b"", b"\0\xff", pair[1][:40]):
        with pytest.raises(PolicyError) as refused:
            read_public_key("k.pub", key)
        assert [message(one) for one in refused.value.problems] == [
            f"`k.pub` 里没有可用的公钥：{told}"
        ]


# ── another algorithm ─────────────────────────────────────────────────────


@frozen
class Curve:
    """ECDSA over P-256: an algorithm that signs otherwise each time, as SM2 does."""

    name: str = "ECDSA-P256"

    def new_pair(self) -> tuple[bytes, bytes]:
        private = ec.generate_private_key(ec.SECP256R1())
        return (
            private.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
            private.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            ),
        )

    def signer(self, key: bytes) -> CurveSigner | None:
        try:
            private = serialization.load_pem_private_key(key, None)
        except ValueError:
            return None
        return CurveSigner(private) if isinstance(private, ec.EllipticCurvePrivateKey) else None

    def verifier(self, key: bytes) -> CurveVerifier | None:
        public = serialization.load_pem_public_key(key)
        return CurveVerifier(public) if isinstance(public, ec.EllipticCurvePublicKey) else None


@frozen
class CurveVerifier:
    public: ec.EllipticCurvePublicKey

    @property
    def key(self) -> str:
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return content_digest(self.public.public_bytes(serialization.Encoding.DER, form))

    def bears_out(self, content: bytes, signature: bytes) -> bool:
        try:
            self.public.verify(signature, content, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        return True


@frozen
class CurveSigner:
    private: ec.EllipticCurvePrivateKey

    @property
    def key(self) -> str:
        return CurveVerifier(self.private.public_key()).key

    def sign(self, content: bytes) -> bytes:
        return self.private.sign(content, ec.ECDSA(hashes.SHA256()))


def test_another_algorithm_takes_a_place_beside_the_first() -> None:
    known: tuple[Algorithm, ...] = (Ed25519(), Curve())
    private, public = Curve().new_pair()
    signature = sign(CONTENT, "k", private, known)
    key = read_public_key("k.pub", public, known)

    assert signature.algorithm == key.algorithm == "ECDSA-P256"
    assert read_signature("s", signature_text(signature).encode()) == (signature, ())
    assert check_signature("r", CONTENT, signature, key) == ()
    assert [one.code for one in check_signature("r", b"x", signature, key)] == ["D7611"]
    with pytest.raises(PolicyError, match="D7614"):
        sign(CONTENT, "k", private)


@pytest.mark.skipif(which("openssl") is None, reason="OpenSSL is not installed")
def test_openssl_bears_it_out_without_us(tmp_path: Path, pair: tuple[bytes, bytes]) -> None:
    signature = sign(CONTENT, "k", pair[0])
    (tmp_path / "k.pub").write_bytes(pair[1])
    (tmp_path / "r").write_bytes(CONTENT)
    (tmp_path / "s").write_bytes(bytes.fromhex(signature.signature))
    command = "openssl pkeyutl -verify -pubin -inkey k.pub -rawin -in r -sigfile s"
    ran = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)

    assert ran.stdout == "Signature Verified Successfully\n", ran.stderr
