"""A document as HTML for a page: what mammoth reads, cleaned by nh3 of everything that could act.

Nothing of a document is trusted: scripts, styles, links that are no links, pictures and attributes go. The
page gives it its looks by class; headings become paragraphs, for a page has its own headings.
"""

from __future__ import annotations

import io

import mammoth
import nh3

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
_CLASSES = {"p": {"paper-title", "paper-heading", "paper-organ", "paper-number", "paper-signed"}}
_STYLES = """
p[style-name='Title'] => p.paper-title:fresh
p[style-name='发文机关'] => p.paper-organ:fresh
p[style-name='文号'] => p.paper-number:fresh
p[style-name='落款'] => p.paper-signed:fresh
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
    )
    return cleaned(found.value)


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
