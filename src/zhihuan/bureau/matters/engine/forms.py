"""The forms of steps: made alike by the page that shows one and by the engine that judges it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.declaration import Step
from zhihuan.bureau.matters.engine.acting import Said
from zhihuan.bureau.matters.engine.refusals import FormRefusedError
from zhihuan.bureau.matters.models import Matter

__all__ = ["MatterForm", "filled", "form_of", "plain"]


class MatterForm(forms.Form):
    """A step's form that asks about its own matter: what there is to choose from hangs on it."""

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        self.matter = matter
        super().__init__(*args, **more)


def form_of(step: Step, matter: Matter, said: Said | None = None) -> forms.Form | None:
    """The step's form: empty to show it, bound to what was said; None for a step without one."""
    if step.form is None:
        return None
    given: dict[str, Any] = {} if said is None else {"data": said.data, "files": said.files}
    if issubclass(step.form, MatterForm):
        given["matter"] = matter
    made: forms.Form = step.form(**given)
    return made


def filled(step: Step, matter: Matter, said: Said) -> dict[str, Any]:
    """What the form makes of it, as Python values. FormRefusedError names the fields."""
    form = form_of(step, matter, said)
    if form is None:
        return {}
    if not form.is_valid():
        errors = {name: [str(each) for each in words] for name, words in form.errors.items()}
        raise FormRefusedError(_("请更正所填内容。"), errors)
    return dict(form.cleaned_data)


def plain(value: Any) -> Any:
    """What JSON can say: days and moments in ISO 8601, amounts as text, records by their key.

    TypeError for what is neither.
    """
    if hasattr(value, "pk"):
        return plain(value.pk)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, bytes) or hasattr(value, "read"):
        raise TypeError("a file is said by the record that keeps it, not by its content")
    if isinstance(value, Iterable):
        return [plain(each) for each in value]
    return str(value)
