"""What must not be in a template or a published copy because a reader would not see it. Pure.

Comments, tracked changes, hidden text, macros, embedded objects, links outside, custom data and
properties: each travels with a file and is read by whoever looks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhihuan.bureau.documents.docx.words import parsed, w

__all__ = ["unseen"]

_TRACKED = (
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "delText",
    "delInstrText",
)
_HIDDEN = ("vanish", "specVanish", "webHidden")
_COMMENTS = ("commentRangeStart", "commentRangeEnd", "commentReference")
_ODD_PARTS = {
    "comments": "comments",
    "people": "comments",
    "vbaproject": "a macro",
    "activex": "an active control",
    "embeddings/": "an embedded object",
    "customxml/": "custom data",
    "glossary/": "building blocks",
    "afchunk": "another document",
}


def unseen(parts: Mapping[str, bytes]) -> list[str]:
    """Each thing a reader would not see, in words: what, and in which part."""
    return list(dict.fromkeys(_unseen(parts)))


def _unseen(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name, content in sorted(parts.items()):
        for odd, what in _ODD_PARTS.items():
            if odd in name.lower():
                yield f"{what} ({name})"
        if name.endswith(".rels"):
            yield from _links(name, content)
        elif name.startswith("word/") and name.endswith(".xml"):
            yield from _marks(name, parsed(content))


def _links(name: str, content: bytes) -> Iterator[str]:
    for each in parsed(content):
        if each.get("TargetMode") == "External" and not each.get("Type", "").endswith("/hyperlink"):
            yield f"a link to outside ({name}: {each.get('Target')})"


def _marks(name: str, root: Any) -> Iterator[str]:
    for tags, what in (
        (_TRACKED, "tracked changes"),
        (_HIDDEN, "hidden text"),
        (_COMMENTS, "comments"),
    ):
        if any(_is_on(each) for each in root.iter(*map(w, tags))):
            yield f"{what} ({name})"
    if any(True for _each in root.iter(w("altChunk"), w("object"), w("control"))):
        yield f"an embedded object ({name})"


def _is_on(element: Any) -> bool:
    return element.get(w("val"), "true") not in {"0", "false", "off", "none"}
