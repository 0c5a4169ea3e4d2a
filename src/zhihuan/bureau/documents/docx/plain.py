"""A document as only what a reader sees: built anew from the elements that are allowed. Pure.

    parts, paragraphs = seen_only(data)

A list of what to take away would always be one thing short, so this takes nothing away: it copies what it
knows (paragraphs, runs, tables, their looks) and nothing else. Gone are properties, comments, tracked
changes (inserted text stays, deleted goes), hidden text, revision marks, fields' instructions, pictures,
links, bookmarks, headers and footers, and any part that is not the text, its styles or its numbering.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from zhihuan.bureau.documents.docx.package import parts_of
from zhihuan.bureau.documents.docx.words import XML_SPACE, W, parsed, w

__all__ = ["seen_only"]

_KEPT = {
    "document": set(), "body": set(), "p": set(), "r": set(), "t": set(), "tab": {"val", "pos", "leader"},
    "br": {"type"}, "cr": set(), "noBreakHyphen": set(), "tabs": set(),
    "pPr": set(), "pStyle": {"val"}, "jc": {"val"}, "ind": {"left", "right", "firstLine", "hanging", "firstLineChars", "leftChars"},
    "spacing": {"before", "after", "line", "lineRule"}, "keepNext": {"val"}, "keepLines": {"val"},
    "pageBreakBefore": {"val"}, "numPr": set(), "ilvl": {"val"}, "numId": {"val"}, "outlineLvl": {"val"}, "pBdr": set(),
    "rPr": set(), "rStyle": {"val"}, "rFonts": {"ascii", "hAnsi", "eastAsia", "cs"}, "b": {"val"}, "bCs": {"val"},
    "i": {"val"}, "u": {"val"}, "strike": {"val"}, "sz": {"val"}, "szCs": {"val"}, "vertAlign": {"val"},
    "tbl": set(), "tblPr": set(), "tblStyle": {"val"}, "tblW": {"w", "type"}, "tblBorders": set(), "tblLayout": {"type"},
    "tblGrid": set(), "gridCol": {"w"}, "tr": set(), "trPr": set(), "tblHeader": {"val"}, "cantSplit": {"val"}, "trHeight": {"val", "hRule"},
    "tc": set(), "tcPr": set(), "tcW": {"w", "type"}, "gridSpan": {"val"}, "vMerge": {"val"}, "vAlign": {"val"}, "tcBorders": set(),
    "sectPr": set(), "pgSz": {"w", "h", "orient"}, "pgMar": {"top", "right", "bottom", "left", "header", "footer", "gutter"},
    "styles": set(), "docDefaults": set(), "rPrDefault": set(), "pPrDefault": set(), "style": {"type", "styleId", "default"},
    "name": {"val"}, "basedOn": {"val"}, "next": {"val"}, "qFormat": {"val"},
    "numbering": set(), "abstractNum": {"abstractNumId"}, "multiLevelType": {"val"}, "lvl": {"ilvl"}, "start": {"val"}, "numFmt": {"val"},
    "lvlText": {"val"}, "lvlJc": {"val"}, "suff": {"val"}, "num": {"numId"}, "abstractNumId": {"val"}, "lvlOverride": {"ilvl"}, "startOverride": {"val"},
}  # fmt: skip
_BORDER = {"val", "sz", "space"}
for _side in ("top", "left", "bottom", "right", "insideH", "insideV", "between", "start", "end"):
    _KEPT.setdefault(_side, set())
    _KEPT[_side] = _KEPT[_side] | _BORDER
_KEPT["start"] = {"val", *_BORDER}
_ATTRIBUTES = {w(name): {w(each) for each in attributes} for name, attributes in _KEPT.items()}
#: Elements that go while what they hold stays.
_TRANSPARENT = frozenset(
    w(name)
    for name in (
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "customXml",
        "fldSimple",
    )
)
_VANISHING = tuple(w(name) for name in ("vanish", "specVanish", "webHidden"))
_PARTS = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "word/styles.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
    "word/numbering.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def seen_only(data: bytes) -> dict[str, bytes]:
    """The parts of the document that has only what is seen. NotADocumentError as ``parts_of``."""
    given = parts_of(data)
    hidden_styles = _hidden_styles(given.get("word/styles.xml"))
    roots = {name: _copied(parsed(given[name]), hidden_styles) for name in _PARTS if name in given}
    if "word/styles.xml" in roots:
        _drop_unused(roots["word/styles.xml"], roots["word/document.xml"])
    kept = {name: _bytes(root) for name, root in roots.items()}
    return {**kept, **_frame(kept)}


def _copied(element: Any, hidden_styles: frozenset[str]) -> Any:
    """This element and what of its content is kept."""
    names = _ATTRIBUTES[element.tag]
    attributes = {key: value for key, value in element.attrib.items() if key in names}
    copy = etree.Element(element.tag, attributes, nsmap={"w": W})
    if element.tag == w("t"):
        copy.text = element.text
        copy.set(XML_SPACE, "preserve")
    _copy_children(element, copy, hidden_styles)
    return copy


def _copy_children(element: Any, copy: Any, hidden_styles: frozenset[str]) -> None:
    for child in element:
        if child.tag in _TRANSPARENT:
            _copy_children(child, copy, hidden_styles)
        elif child.tag in _ATTRIBUTES and not _is_hidden(child, hidden_styles):
            copy.append(_copied(child, hidden_styles))


def _is_hidden(element: Any, hidden_styles: frozenset[str]) -> bool:
    """A run that vanishes by itself or by its style, a paragraph by its style, a style that hides."""
    if element.tag == w("r"):
        properties = element.find(w("rPr"))
        return _vanishes(properties) or _styled(properties, "rStyle") in hidden_styles
    if element.tag == w("p"):
        return _styled(element.find(w("pPr")), "pStyle") in hidden_styles
    return element.tag == w("style") and element.get(w("styleId")) in hidden_styles


def _styled(properties: Any, name: str) -> str:
    found = None if properties is None else properties.find(w(name))
    return "" if found is None else found.get(w("val"), "")


def _vanishes(properties: Any) -> bool:
    if properties is None:
        return False
    marks = [each for name in _VANISHING for each in properties.findall(name)]
    return any(each.get(w("val"), "true") not in {"0", "false", "off"} for each in marks)


def _hidden_styles(xml: bytes | None) -> frozenset[str]:
    """Ids of styles that hide, by themselves or by the style they are based on."""
    styles = parsed(xml).findall(w("style")) if xml else []
    hidden = {each.get(w("styleId")) for each in styles if _vanishes(each.find(w("rPr")))}
    grown = True
    while grown:
        more = {each.get(w("styleId")) for each in styles if _styled(each, "basedOn") in hidden}
        grown = not more <= hidden
        hidden |= more
    return frozenset(hidden - {None, ""})


def _drop_unused(styles: Any, document: Any) -> None:
    """Keep the default styles, those the text uses, and what they are based on."""
    by_id = {each.get(w("styleId")): each for each in styles.findall(w("style"))}
    wanted = {name for name, each in by_id.items() if each.get(w("default"))}
    wanted |= {
        each.get(w("val")) for each in document.iter(w("pStyle"), w("rStyle"), w("tblStyle"))
    }
    while more := {_styled(by_id[name], "basedOn") for name in wanted if name in by_id} - wanted:
        wanted |= more
    for name, each in by_id.items():
        if name not in wanted:
            styles.remove(each)


def _frame(kept: dict[str, bytes]) -> dict[str, bytes]:
    """Content types and relations of these parts, and of no others."""
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{_PARTS[name]}"/>' for name in sorted(kept)
    )
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{name[5:-4]}" Target="{name[5:]}"/>'
        for n, name in enumerate(sorted(kept), start=1)
        if name != "word/document.xml"
    )
    outer = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    return {
        "[Content_Types].xml": _xml(
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
        ),
        "_rels/.rels": _xml(f'<Relationships xmlns="{_RELATIONS}">{outer}</Relationships>'),
        "word/_rels/document.xml.rels": _xml(
            f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'
        ),
    }


def _xml(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()


def _bytes(root: Any) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
