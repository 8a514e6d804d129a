"""The words of a household's mapping that no policy declares."""

from __future__ import annotations

MEMBERS = ("成员", "members")
LABEL = ("称呼", "label")
NOT_ASKED = ("没有问", "not_asked")
YES_NO = {"是": 1, "否": 0, "yes": 1, "no": 0}
