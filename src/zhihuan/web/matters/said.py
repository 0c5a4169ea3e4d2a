"""What was said in a step, in the words of its form: labels for names, texts for codes.

The engine keeps plain JSON; the form that asked knows how to tell it. A form field may say by itself
how its kept value is told (``words_of(value)``), as fields of files do. What no field of the form
explains any more is told by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from zhihuan.bureau.matters.declaration import Step
from zhihuan.web.components.term import Term

__all__ = ["answers_of", "terms_of", "words_of"]


def terms_of(step: Step | None, said: Mapping[str, Any]) -> list[Term]:
    """A term for each thing said that is not empty, in the order of the form; none twice alike."""
    fields = _fields(step)
    known = [name for name in fields if name in said]
    rest = sorted(set(said) - set(fields))
    told = {
        (str(_label(fields.get(name), name)), str(words_of(fields.get(name), said[name]))): name
        for name in reversed((*known, *rest))
        if said[name] not in (None, "", [])
    }
    return [
        Term(_label(fields.get(name), name), words_of(fields.get(name), said[name]))
        for name in reversed(told.values())
    ]


def answers_of(form: forms.BaseForm) -> Iterator[tuple[str, Any, Any]]:
    """Of a valid form: field name, label, answer in words; missing answers too."""
    for name, field in form.fields.items():
        if not field.widget.is_hidden:
            yield name, _label(field, name), words_of(field, form.cleaned_data.get(name))


def words_of(field: forms.Field | None, value: Any) -> Any:
    """A value, as kept or as cleaned, for people."""
    if hasattr(field, "words_of"):
        return field.words_of(value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if value is None:
        return ""
    if isinstance(value, list | tuple) or hasattr(value, "all"):
        return "、".join(str(_single(field, each)) for each in _each(value))
    return _single(field, value)


def _each(value: Any) -> Iterable[Any]:
    return value.all() if hasattr(value, "all") else value


def _single(field: forms.Field | None, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return _record(field, value)
    if isinstance(field, forms.DateTimeField):
        return _moment(value)
    if isinstance(field, forms.DecimalField) and isinstance(value, str | Decimal):
        return _figure(value)
    if isinstance(value, float):
        return _figure(f"{value:.0f}" if value.is_integer() else str(value))
    if isinstance(field, forms.ChoiceField):
        return str(_texts(field.choices).get(str(value), value))
    return str(value)


def _figure(value: str | Decimal) -> str:
    """Thousands are told apart; as it was kept when it is no number."""
    try:
        return f"{Decimal(value):,}"
    except InvalidOperation:
        return str(value)


def _moment(value: Any) -> str:
    """Beijing time to the minute; as it was kept when it is no moment."""
    found = parse_datetime(value) if isinstance(value, str) else value
    return f"{timezone.localtime(found):%Y-%m-%d %H:%M}" if found else str(value)


def _record(field: forms.ModelChoiceField, value: Any) -> str:  # type: ignore[type-arg]
    """A record by its name; one that is gone, or that the form no longer offers, by its key."""
    if hasattr(value, "pk"):
        return str(value)
    model = field.queryset.model  # type: ignore[union-attr]
    found = model._default_manager.filter(pk=value).first()
    return str(value if found is None else found)


def _texts(choices: Any) -> dict[str, Any]:
    """Texts by value, out of their groups."""
    found: dict[str, Any] = {}
    for value, text in choices:
        found |= _texts(text) if isinstance(text, list | tuple) else {str(value): text}
    return found


def _fields(step: Step | None) -> Mapping[str, forms.Field]:
    return step.form.base_fields if step is not None and step.form is not None else {}


def _label(field: forms.Field | None, name: str) -> Any:
    return field.label or name if field is not None else name
