"""What can be wrong with documents, told so that whoever reads it knows what to mend."""

from __future__ import annotations

__all__ = ["DocumentError", "MissingFactError", "MissingTemplateError", "TemplateFaultError"]


class DocumentError(Exception):
    """A document could not be made. Its text names document and fault."""


class MissingTemplateError(DocumentError):
    """A procedure declares a document whose template is not in its folder."""


class TemplateFaultError(DocumentError):
    """A template that cannot be read, is written wrongly, or holds what nobody would see."""


class MissingFactError(TemplateFaultError):
    """A template asks for something that is not among the facts. placeholder: as far as it is known."""

    def __init__(self, template: str, placeholder: str, known: list[str]) -> None:
        there = "、".join(known) or "—"
        super().__init__(
            f"{template}: {{{{ {placeholder} }}}} is not among the facts; there are: {there}"
        )
        self.template = template
        self.placeholder = placeholder
