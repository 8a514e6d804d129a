"""D7714, D7715: why a picture cannot be made."""

from __future__ import annotations

from dibao_policy.problem import Problem, problem_kind


@problem_kind
class FontMissing(Problem):
    """A machine without a Chinese font: the words of the picture would be empty boxes."""

    code, slug = "D7714", "font-missing"
    zh = "没有找到中文字体，字会变成空框"
    en = "no Chinese font was found: the words would be empty boxes"
    mends_zh = ("安装其中一种字体，或用 `--fonts` 指明字体所在的文件夹：{families}",)
    mends_en = (
        "install one of these fonts, or name the folder that has it with `--fonts`: {families}",
    )
    families: tuple[str, ...]


@problem_kind
class PictureExtraMissing(Problem):
    """An environment without what turns a picture into dots."""

    code, slug = "D7715", "picture-extra-missing"
    zh = "PNG 和 PDF 要用 typst，这里没有安装；别的形式不用它"
    en = "a PNG or a PDF needs typst, which is not installed; the other forms do not"
    mends_zh = ("安装：`pip install 'dibao-policy[notice]'`",)
    mends_en = ("install it: `pip install 'dibao-policy[notice]'`",)
