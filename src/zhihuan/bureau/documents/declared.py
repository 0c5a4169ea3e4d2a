"""The templates of what procedures declare: in the folder of their line."""

from __future__ import annotations

from zhihuan.bureau.documents.faults import MissingTemplateError
from zhihuan.bureau.documents.template import Template, template_in
from zhihuan.bureau.matters.declaration import Document, Procedure

__all__ = ["has_template", "template_of"]


def template_of(procedure: Procedure, document: Document) -> Template:
    """The template of a declared document. MissingTemplateError."""
    return template_in(procedure.folder, document.template)


def has_template(procedure: Procedure, name: str) -> bool:
    """Whether the procedure's folder holds a template of that name."""
    try:
        template_in(procedure.folder, name)
    except MissingTemplateError:
        return False
    return True
