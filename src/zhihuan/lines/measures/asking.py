"""The questions that the forms of several measures ask alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.clock.history import moment_of
from zhihuan.bureau.documents.serving.served import served_on
from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.vault.fields import VaultFileField

__all__ = [
    "HAPPENED",
    "ReasonForm",
    "ServedForm",
    "day",
    "derived",
    "happened",
    "many",
    "moment",
    "money",
    "not_to_come",
    "one",
    "paper",
    "served",
    "shown",
    "text",
    "words",
    "yes",
]

Choice = tuple[str, Any]
#: The field that says when a step came to pass, and from which its clocks count (``Clock.said_on``).
HAPPENED = "happened"


def text(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    """Several lines."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=4000, widget=forms.Textarea
    )


def words(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    """One line."""
    return forms.CharField(label=label, help_text=hint, required=required, max_length=200)


def day(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    """A day of Beijing."""
    return forms.DateField(label=label, help_text=hint, required=required)


def moment(label: Any, hint: Any = "") -> forms.DateTimeField:
    """A moment that has come, to the minute, as clocks in Beijing show it."""
    shown = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    past = [not_to_come]
    return forms.DateTimeField(label=label, help_text=hint, widget=shown, validators=past)


def happened(label: Any, hint: Any = "") -> forms.DateField:
    """The day on which the step came to pass, which may be before it is recorded: name the field
    ``HAPPENED``, and its clocks count from it."""
    return forms.DateField(label=label, help_text=hint, validators=[not_to_come])


def not_to_come(told: Any) -> None:
    """ValidationError for a day or moment to come: a public notice serves nobody before its days are over."""
    told_at = moment_of(told)
    if told_at is not None and told_at > timezone.now():
        raise ValidationError(_("所填日期不能晚于现在。"))


def money(label: Any, hint: Any = "", *, required: bool = True) -> forms.DecimalField:
    """An amount [yuan], to the fen."""
    return forms.DecimalField(
        label=label, help_text=hint, required=required, min_value=0, max_digits=14, decimal_places=2
    )


def one(label: Any, *choices: Choice, hint: Any = "") -> forms.ChoiceField:
    """One of several."""
    return forms.ChoiceField(label=label, help_text=hint, choices=choices)


def many(label: Any, *choices: Choice, required: bool = True) -> forms.MultipleChoiceField:
    """Any of several."""
    boxes = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, required=required, widget=boxes)


def yes(label: Any, hint: Any = "", *, required: bool = False) -> forms.BooleanField:
    """A tick; one that is required must be set."""
    return forms.BooleanField(label=label, help_text=hint, required=required)


def paper(label: Any, *, required: bool = False) -> VaultFileField:
    """A paper or a picture, kept in the vault."""
    kinds = ("pdf", "docx", "jpeg", "png")
    return VaultFileField(label=label, required=required, accepted=kinds)


def derived(label: Any, kind: type[forms.Field] = forms.CharField) -> forms.Field:
    """What ``clean`` finds by itself and nobody is asked for; it is told with the answers."""
    field = kind(label=label, required=False, widget=forms.HiddenInput)
    field.is_derived = True  # type: ignore[attr-defined]
    return field


def shown(label: Any) -> forms.CharField:
    """What is shown beside the questions and not asked: a rule in force. The form sets its initial value."""
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, disabled=True, widget=box)


class ReasonForm(forms.Form):
    """Why."""

    why = text(_("理由"))


class ServedForm(MatterForm):
    """That a document was served. The day is that of its receipt, so nobody can mistype it."""

    document = ""
    happened = derived(_("送达日期"), forms.DateField)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        told[HAPPENED] = day = served_on(self.matter, self.document)
        if day is None:
            self.add_error(None, _("尚未登记送达成功的送达回证，请先在该文书页登记。"))
        elif day > timezone.localdate():
            self.add_error(None, _("自 %(day)s 起视为送达，届时方可办理。") % {"day": day})
        return told


def served(document: str) -> type[ServedForm]:
    """The form of the step that follows the service of this document."""
    return type(f"Served_{document}", (ServedForm,), {"document": document})
