"""An SVG picture as PNG, by typst (extra `notice`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dibao_policy.picture.problems import FontMissing, PictureExtraMissing
from dibao_policy.picture.svg import FAMILIES
from dibao_policy.problem import PolicyError

DOTS = 192
"""Dots to the inch, of which a point of the picture is the seventy-second part: small print stays sharp."""

# The font stands in the page as well, so that typst itself warns where it is not there.
_PAGE = """\
#set page(width: auto, height: auto, margin: 0pt)
#set text(font: sys.inputs.family)
#image(bytes(sys.inputs.svg), format: "svg", alt: sys.inputs.told)
"""


def png_of(svg: str, told: str, folders: Sequence[Path] = ()) -> bytes:
    """The picture as PNG bytes; `told` is what it shows in words, `folders` have fonts besides those of the machine.

    Raises `PolicyError` where the extra is not installed, or where there is no font of `FAMILIES`:
    without one, Chinese would come out as empty boxes, and typst would not say a word.
    """
    try:
        import typst
    except ModuleNotFoundError:
        raise PolicyError([PictureExtraMissing()]) from None
    fonts = typst.Fonts(font_paths=list(folders))
    present = set(fonts.families())
    family = next((name for name in FAMILIES if name in present), None)
    if family is None:
        raise PolicyError([FontMissing(families=FAMILIES)])
    made, warnings = typst.compile_with_warnings(
        _PAGE.encode(),
        format="png",
        ppi=DOTS,
        font_paths=fonts,
        sys_inputs={"svg": svg, "family": family, "told": told},
    )
    if warnings:
        raise PolicyError([FontMissing(families=FAMILIES)])
    return made
