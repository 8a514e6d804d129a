"""Signatures over the bytes of a file, kept beside it; which algorithm makes them is behind an interface.

An algorithm is an object with the four functions of `Algorithm`, in the table that `algorithms` gives.
SM2 with SM3 takes a place in it like Ed25519: nothing else knows what a key is.
"""

from __future__ import annotations

import re
from typing import Protocol

from attrs import frozen

from dibao_policy.evidence.problems import (
    NotInstalled,
    OtherKey,
    SignatureOfOther,
    UnreadableKey,
    WrongSignature,
)
from dibao_policy.evidence.strict import Reading
from dibao_policy.evidence.written import content_digest, written
from dibao_policy.problem import PolicyError, Problem

FORMAT = "dibao-signature/1"
SUFFIX = ".sig"

_KEYS = ("format", "algorithm", "key", "content", "signature")
_NAME = re.compile("[A-Za-z0-9-]{1,40}"), ("算法的名称", "the name of an algorithm")
_SHA256 = re.compile("sha256:[0-9a-f]{64}"), ("摘要 `sha256:…`", "a digest `sha256:…`")
_HEX = re.compile("([0-9a-f]{2}){1,10000}"), ("十六进制数字", "hexadecimal digits")


class Signer(Protocol):
    """A private key."""

    @property
    def key(self) -> str:
        """The mark of its public half, `sha256:…`."""
        ...

    def sign(self, content: bytes) -> bytes:
        """The signature over some bytes."""
        ...


class Verifier(Protocol):
    """A public key."""

    @property
    def key(self) -> str:
        """Its mark, `sha256:…`."""
        ...

    def bears_out(self, content: bytes, signature: bytes) -> bool:
        """Whether a signature over some bytes was made with the private half."""
        ...


class Algorithm(Protocol):
    """What makes and reads the keys of one algorithm; keys are the bytes of files."""

    @property
    def name(self) -> str:
        """What signatures call it."""
        ...

    def new_pair(self) -> tuple[bytes, bytes]:
        """A new private key and its public half."""
        ...

    def signer(self, key: bytes) -> Signer | None:
        """The private key that some bytes are; None where they are none of this algorithm."""
        ...

    def verifier(self, key: bytes) -> Verifier | None:
        """The public key that some bytes are; None where they are none of this algorithm."""
        ...


@frozen
class Signature:
    """A signature and what it is of: the mark of the key, and the digest of the bytes that were signed."""

    algorithm: str
    key: str
    content: str
    signature: str


def algorithms() -> tuple[Algorithm, ...]:
    """The algorithms there are, the one for new keys first. Raises `PolicyError` where the extra `sign` is missing."""
    try:
        from dibao_policy.evidence.ed25519 import Ed25519
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("cryptography"):
            raise
        raise PolicyError([NotInstalled(library="cryptography")]) from None

    return (Ed25519(),)


def sign(
    content: bytes, file: str, key: bytes, known: tuple[Algorithm, ...] | None = None
) -> Signature:
    """Sign some bytes with a private key; `file` is what problems call the key. Raises `PolicyError`."""
    for algorithm in known or algorithms():
        signer = algorithm.signer(key)
        if signer is not None:
            signature = signer.sign(content)
            return Signature(algorithm.name, signer.key, content_digest(content), signature.hex())
    raise PolicyError([_unreadable(file, "私钥", "private key")])


def signature_text(signature: Signature) -> str:
    """A signature as the one text that is written of it."""
    return written(
        {
            "format": FORMAT,
            "algorithm": signature.algorithm,
            "key": signature.key,
            "content": signature.content,
            "signature": signature.signature,
        }
    )


def read_signature(file: str, content: bytes) -> tuple[Signature | None, tuple[Problem, ...]]:
    """The signature that some bytes are: exactly what is written of one."""
    reading = Reading(file)
    data = reading.document(content)
    if reading.found or not reading.is_of_format(data, FORMAT):
        return None, tuple(reading.found)
    fields = reading.mapping(data, "", _KEYS)
    signature = Signature(
        algorithm=reading.text(fields["algorithm"], "algorithm", *_NAME),
        key=reading.text(fields["key"], "key", *_SHA256),
        content=reading.text(fields["content"], "content", *_SHA256),
        signature=reading.text(fields["signature"], "signature", *_HEX),
    )
    if reading.found or not reading.as_written(content, signature_text(signature)):
        return None, tuple(reading.found)
    return signature, ()


@frozen
class PublicKey:
    """A public key of a known algorithm."""

    algorithm: str
    verifier: Verifier

    @property
    def mark(self) -> str:
        """What tells one key from another, `sha256:…`."""
        return self.verifier.key


def read_public_key(file: str, key: bytes, known: tuple[Algorithm, ...] | None = None) -> PublicKey:
    """The public key that the bytes of a file are. Raises `PolicyError`."""
    for algorithm in known or algorithms():
        verifier = algorithm.verifier(key)
        if verifier is not None:
            return PublicKey(algorithm.name, verifier)
    raise PolicyError([_unreadable(file, "公钥", "public key")])


def _unreadable(file: str, wanted: str, wanted_en: str) -> Problem:
    return UnreadableKey(
        file=file,
        wanted=wanted,
        wanted_en=wanted_en,
        reason="不是这里认识的算法，或是另一半密钥",
        reason_en="it is of no algorithm known here, or the other half of a pair",
    )


def check_signature(
    file: str, content: bytes, signature: Signature, key: PublicKey
) -> tuple[Problem, ...]:
    """Why a signature does not bear out some bytes; nothing where it does."""
    if (signature.algorithm, signature.key) != (key.algorithm, key.mark):
        stated = f"{signature.algorithm} {signature.key}"
        return (OtherKey(file=file, found=stated, known=f"{key.algorithm} {key.mark}"),)
    if signature.content != content_digest(content):
        return (SignatureOfOther(file=file),)
    if not key.verifier.bears_out(content, bytes.fromhex(signature.signature)):
        return (WrongSignature(file=file),)
    return ()
