"""A signature drawn into a document: strokes as lines of a shape, so that it stays sharp and small. Pure.

VML, which Word, WPS and LibreOffice all draw in the line of text. The strokes come as one line of text,
``"640 240 10,20 15,25;30,40 31,44"``; only whole numbers pass, so that no text can reach the document as markup.
"""

from __future__ import annotations

import re

from zhihuan.bureau.documents.docx.words import W

__all__ = ["drawn_run"]

_VML = "urn:schemas-microsoft-com:vml"
_STROKES = re.compile(r"(\d{1,4}) (\d{1,4}) (\d{1,4},\d{1,4}(?:[ ;]\d{1,4},\d{1,4})*)")
#: How high a signature stands in a line [pt].
_HEIGHT_PT = 34


def drawn_run(strokes: str) -> str:
    """A run of WordprocessingML; an empty one for "". ValueError for what is no strokes."""
    if not strokes:
        return f'<w:r xmlns:w="{W}"><w:t></w:t></w:r>'
    found = _STROKES.fullmatch(strokes)
    if found is None:
        raise ValueError("a signature is told as width, height and strokes of whole numbers")
    width, height, lines = int(found[1]), int(found[2]), found[3]
    if not width or not height:
        raise ValueError("a signature has a width and a height")
    wide = round(_HEIGHT_PT * width / height)
    return (
        f'<w:r xmlns:w="{W}"><w:pict><v:shape xmlns:v="{_VML}" filled="f" strokecolor="black" '
        f'strokeweight="1pt" coordsize="{width},{height}" path="{_path(lines)}" '
        f'style="width:{wide}pt;height:{_HEIGHT_PT}pt"/></w:pict></w:r>'
    )


def _path(lines: str) -> str:
    """m x,y l x,y,x,y e, a stroke after the other."""
    parts = []
    for stroke in lines.split(";"):
        first, *rest = stroke.split(" ")
        parts.append(f"m{first}l{','.join(rest or [first])}")
    return "".join(parts) + "e"
