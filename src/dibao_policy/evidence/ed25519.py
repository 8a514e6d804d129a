"""Ed25519 by the library cryptography (the extra `sign`): keys in PEM, as OpenSSL reads and writes them."""

from __future__ import annotations

from attrs import field, frozen
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dibao_policy.evidence.written import content_digest


@frozen
class Ed25519:
    """The algorithm Ed25519 (RFC 8032)."""

    name: str = "Ed25519"

    def new_pair(self) -> tuple[bytes, bytes]:
        """A new private key (PKCS #8, without a passphrase) and its public half."""
        private = Ed25519PrivateKey.generate()
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

    def signer(self, key: bytes) -> PrivateKey | None:
        """The private key of a PEM text; None for anything else, one with a passphrase included."""
        try:
            private = serialization.load_pem_private_key(key, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            return None
        return PrivateKey(private) if isinstance(private, Ed25519PrivateKey) else None

    def verifier(self, key: bytes) -> PublicKey | None:
        """The public key of a PEM text; None for anything else."""
        try:
            public = serialization.load_pem_public_key(key)
        except (ValueError, UnsupportedAlgorithm):
            return None
        return PublicKey(public) if isinstance(public, Ed25519PublicKey) else None


@frozen
class PrivateKey:
    """A private key that signs."""

    _private: Ed25519PrivateKey = field(repr=False)

    @property
    def key(self) -> str:
        """The mark of its public half."""
        return _mark(self._private.public_key())

    def sign(self, content: bytes) -> bytes:
        """The signature over some bytes."""
        return self._private.sign(content)


@frozen
class PublicKey:
    """A public key that verifies."""

    _public: Ed25519PublicKey

    @property
    def key(self) -> str:
        """Its mark."""
        return _mark(self._public)

    def bears_out(self, content: bytes, signature: bytes) -> bool:
        """Whether a signature over some bytes was made with the private half."""
        try:
            self._public.verify(signature, content)
        except InvalidSignature:
            return False
        return True


def _mark(public: Ed25519PublicKey) -> str:
    """The digest of a key as DER (SubjectPublicKeyInfo)."""
    return content_digest(
        public.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
