"""A template and facts make a document: the same two always make the same bytes. Pure.

What the template holds that no reader would see is refused beforehand (``docx.suspicious``), so no document
carries it. A broken template is an error and never a document with a part missing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError, UndefinedError
from lxml import etree

from zhihuan.bureau.documents.docx.package import NotADocumentError, parts_of, written
from zhihuan.bureau.documents.docx.suspicious import unseen
from zhihuan.bureau.documents.docx.words import parsed
from zhihuan.bureau.documents.faults import MissingFactError, TemplateFaultError
from zhihuan.bureau.documents.phrasing import environment, told
from zhihuan.bureau.documents.template import Template

__all__ = ["check_template", "filled"]

# what XML 1.0 has no place for, and the signs docxtpl takes for new paragraphs and pages
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# what docxtpl, lxml and our own filters raise where a template makes no sense
_BROKEN = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError)
#: Of who wrote the template, when and with what.
_PROPERTIES = "docProps/"


class _Strict(DocxTemplate):  # type: ignore[misc]
    """docxtpl, which mends broken XML in silence and may lose text by it: here it is refused."""

    def fix_tables(self, xml: str) -> Any:
        parsed(xml.encode())
        return super().fix_tables(xml)


def filled(template: Template, facts: Mapping[str, Any]) -> bytes:
    """The document. MissingFactError, TemplateFaultError."""
    buffer = io.BytesIO()
    try:
        parts_of(template.data)
        document = _Strict(io.BytesIO(template.data))
        document.render(told(_clean(facts)), environment())
        document.save(buffer)
        return written(_anonymous(parts_of(buffer.getvalue())))
    except UndefinedError as error:
        placeholder, *known = str(error).split("\t")
        raise MissingFactError(template.where, placeholder, known or sorted(facts)) from error
    except (TemplateError, *_BROKEN) as error:
        raise TemplateFaultError(f"{template.where}: {error}") from error


def check_template(template: Template) -> None:
    """Raises TemplateFaultError for one that cannot be read or holds what nobody would see."""
    try:
        found = unseen(parts_of(template.data))
    except NotADocumentError as error:
        raise TemplateFaultError(f"{template.where}: {error}") from error
    if found:
        raise TemplateFaultError(f"{template.where} holds {'; '.join(found)}: take it out")


def _clean(value: Any) -> Any:
    """The facts with every text fit for a document."""
    if isinstance(value, str):
        return _NO_TEXT.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, Mapping):
        return {name: _clean(each) for name, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list | tuple) else value


def _anonymous(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Without the properties, and without the names of their parts."""
    kept = {name: data for name, data in parts.items() if not name.startswith(_PROPERTIES)}
    for name, attribute in (("_rels/.rels", "Target"), ("[Content_Types].xml", "PartName")):
        root = parsed(kept[name])
        for each in list(root):
            if (each.get(attribute) or "").lstrip("/").startswith(_PROPERTIES):
                root.remove(each)
        kept[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return kept
