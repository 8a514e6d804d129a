"""A decision as evidence: a receipt that can be computed again, the policy that it was made by, and signatures.

In: a policy's day and a household's facts; or the bytes of a receipt, of a bundle, of a signature, of a key.
Out: the same as exact bytes; a verdict whether a receipt says what its policy decides, and what differs.
Nothing here touches a file or a clock.

Files, in the order of the work:
    engine.py    which engine computes
    receipt.py   a decision as a receipt
    written.py   data as the one text that is written of it, and its digest (the one place that knows rfc8785)
    strict.py    the data of such a text again, every departure from its form a problem
    read.py      a text to a receipt
    stored.py    files to and from one zip without compression, byte for byte the same each time
    bundle.py    a policy with all that it inherits from, in one such file with a manifest
    signing.py   signatures over any of these; the algorithm is behind an interface
    ed25519.py   that algorithm; the one place that knows cryptography
    verify.py    a receipt against a policy
    problems.py  D7601 and on, with their words
"""

from dibao_policy.evidence.read import read_receipt
from dibao_policy.evidence.receipt import Receipt, receipt_of, receipt_text
from dibao_policy.evidence.verify import Verdict, verify_receipt

__all__ = [
    "Receipt",
    "Verdict",
    "read_receipt",
    "receipt_of",
    "receipt_text",
    "verify_receipt",
]
