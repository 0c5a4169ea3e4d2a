"""Names of WordprocessingML, and its XML read without ever reaching outside the part."""

from __future__ import annotations

from typing import Any

from lxml import etree

from zhihuan.bureau.documents.docx.package import NotADocumentError

__all__ = ["XML_SPACE", "W", "parsed", "text_of", "w"]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    """The full name of an element or attribute of the main namespace."""
    return f"{{{W}}}{name}"


def parsed(xml: bytes) -> Any:
    """The root element. NotADocumentError for XML that is broken or defines entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise NotADocumentError(f"a part of the document is broken: {error}") from error
    if root.getroottree().docinfo.doctype:
        raise NotADocumentError("a part of the document declares a document type")
    return root


_SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}


def text_of(element: Any) -> str:
    """The text of a run or paragraph: tabs and breaks as such, what is deleted left out."""
    return "".join(
        each.text or "" if each.tag == w("t") else _SIGNS[each.tag]
        for each in element.iter(w("t"), *_SIGNS)
        if each.getparent().tag == w("r")
    )
