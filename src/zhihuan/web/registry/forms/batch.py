"""The form of a batch edit: which field, or two, becomes what, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import fields_for_model
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope import scope_of, towns_in
from zhihuan.bureau.registry.industries import industries
from zhihuan.web.registry.forms.record_form import DayInput
from zhihuan.web.registry.noun import Noun

_MOST_FIELDS = 2


class BatchForm(forms.Form):
    """Every field that the noun lets be set on many records; only those ticked (``set``) are."""

    set = forms.MultipleChoiceField(
        label=_("要修改的字段"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("勾选一项或两项，并在下面填写新值；勾选而留空表示清除。"),
    )
    why = forms.CharField(
        label=_("变更事由"),
        max_length=200,
        min_length=2,
        help_text=_("写明依据或来源，例如：区划调整〔2026〕3 号。"),
    )

    def __init__(self, *args: Any, noun: Noun, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = fields_for_model(noun.model, fields=noun.batch)
        self._required = {name for name, field in made.items() if field.required}
        for field in made.values():
            field.required = False
            if isinstance(field, forms.DateField):
                field.widget = DayInput()
        if "town" in made:
            made["town"].queryset = towns_in(scope_of(user, noun.change))
        self.names = list(made)
        self.fields = {"set": self.fields["set"], **made, "why": self.fields["why"]}
        self.fields["set"].choices = [(name, field.label) for name, field in made.items()]

    def clean_set(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["set"]
        if len(chosen) > _MOST_FIELDS:
            raise ValidationError(_now("一次至多修改两个字段，以便预览时看得清楚。"))
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in cleaned.get("set", ()):
            if name in self._required and cleaned.get(name) in {None, ""}:
                self.add_error(name, _now("这一项不能清除，请填写新值。"))
        code = cleaned.get("industry")
        if "industry" in cleaned.get("set", ()) and code and code not in industries():
            self.add_error("industry", _now("GB/T 4754-2017 没有此代码，请在行业代码表中查找。"))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """Field → new value, of those ticked."""
        return {name: self.cleaned_data[name] for name in self.cleaned_data["set"]}

    def value_fields(self) -> list[Any]:
        """The bound fields of the values."""
        return [self[name] for name in self.names]
