"""A document as HTML for a page: what mammoth reads, cleaned by nh3 of everything that could act.

Nothing of a document is trusted: scripts, styles, links that are no links, pictures and attributes go. The
page gives it its looks by class; headings become paragraphs, for a page has its own headings. What a plain
paragraph has in the middle or at the right stands there in the page too; the first one in the middle is the title.
"""

from __future__ import annotations

import io
from typing import Any

import mammoth
import nh3
from mammoth import documents

__all__ = ["cleaned", "html_of"]

_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "u",
    "s",
    "sup",
    "sub",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "ul",
    "ol",
    "li",
}
_ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
_CLASSES = {
    "p": {
        "paper-title",
        "paper-heading",
        "paper-organ",
        "paper-number",
        "paper-signed",
        "paper-middle",
    }
}
#: Names that a paragraph without a style of its own is given for where it stands; nobody's style is called so.
_TITLE, _MIDDLE, _RIGHT = "zhihuan title", "zhihuan middle", "zhihuan right"
_STYLES = """
p[style-name='Title'] => p.paper-title:fresh
p[style-name='发文机关'] => p.paper-organ:fresh
p[style-name='文号'] => p.paper-number:fresh
p[style-name='落款'] => p.paper-signed:fresh
p[style-name='zhihuan title'] => p.paper-title:fresh
p[style-name='zhihuan middle'] => p.paper-middle:fresh
p[style-name='zhihuan right'] => p.paper-signed:fresh
p[style-name='Subtitle'] => p.paper-heading:fresh
p[style-name^='Heading'] => p.paper-heading:fresh
p[style-name^='heading'] => p.paper-heading:fresh
u => u
strike => s
"""


def html_of(data: bytes) -> str:
    """A fragment of clean HTML."""
    found = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=_STYLES,
        convert_image=lambda _image: [],
        include_embedded_style_map=False,
        transform_document=_placed,
    )
    return cleaned(found.value)


def _placed(document: Any) -> Any:
    """The document with a style for each plain paragraph of its own text in the middle or at the right; those of
    tables stay as they are."""
    has_title, children = False, []
    for child in document.children:
        style = _style_of(child, has_title=has_title)
        has_title = has_title or style == _TITLE or _is_titled(child)
        children.append(child.copy(style_name=style) if style else child)
    return document.copy(children=children)


def _style_of(child: Any, *, has_title: bool) -> str:
    if not isinstance(child, documents.Paragraph) or child.style_name not in (None, "Normal"):
        return ""
    middle = _MIDDLE if has_title else _TITLE
    return {"center": middle, "right": _RIGHT, "end": _RIGHT}.get(child.alignment or "", "")


def _is_titled(child: Any) -> bool:
    return isinstance(child, documents.Paragraph) and child.style_name == "Title"


def cleaned(html: str) -> str:
    """The same without anything but text and its plain shape."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        clean_content_tags={
            "script",
            "style",
            "title",
            "iframe",
            "object",
            "svg",
            "math",
            "template",
        },
        url_schemes=set(),
        link_rel=None,
    )
