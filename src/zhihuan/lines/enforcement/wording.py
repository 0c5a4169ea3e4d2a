"""The Chinese words of the codes that steps are told, for templates: ``line.words[said.suspend.ground]``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _

from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.declaration import Procedure

__all__ = ["words_of"]


@cache
def words_of(code: str, edition: str) -> dict[str, str]:
    """Code → words of every choice that a form of the procedure gives."""
    procedure = edition_of(code, edition)
    with translation.override("zh-hans"):
        found = {code: str(label) for code, label in _choices(procedure)}
        return found | {"other": _("其他法定情形")}


def _choices(procedure: Procedure) -> Iterator[tuple[str, Any]]:
    for step in procedure.steps:
        fields: Iterable[forms.Field] = step.form.base_fields.values() if step.form else ()
        for field in fields:
            if isinstance(field, forms.ChoiceField) and not isinstance(
                field, forms.ModelChoiceField
            ):
                yield from ((str(code), label) for code, label in field.choices if code)
