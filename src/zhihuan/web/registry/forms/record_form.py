"""The form of one record: who may choose what, why it is changed, and whether it changed meanwhile.

It writes nothing by itself: ``save_in`` takes the act it is part of. What is doubtful but not wrong
(a coordinate outside an approximate cell, a check character) is told by ``doubts`` after saving.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.history.changing import Changes
from zhihuan.bureau.history.fields import as_json
from zhihuan.bureau.people.scope import scope_of, towns_in
from zhihuan.web.registry.forms.linked import LinkedField


class DayInput(forms.DateInput):
    """A date as browsers ask for it."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]
    """A ModelForm that asks why.

    ``groups``: (legend, field names) in the order of the page; fields named nowhere come last.
    ``fixed``: what a record belongs to, chosen when it is registered and never after.
    """

    groups: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = ()
    fixed: ClassVar[tuple[str, ...]] = ()

    why = forms.CharField(
        label=_("变更事由"),
        max_length=200,
        min_length=2,
        help_text=_("写明依据或来源，例如：2026 年 5 月现场核实、企业变更申请〔2026〕12 号。"),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.permission = user, permission
        self._looked = fingerprint(self.instance) if self.instance.pk else ""
        self.fields["seen"].initial = self._looked
        for name, field in self.fields.items():
            if isinstance(field, LinkedField):
                field.user = user
            if getattr(field, "noun", ""):
                field.widget.attrs["list"] = f"list-{name}"
            if isinstance(field, forms.DateField):
                field.widget = DayInput()
        for name in self.fixed if self.instance.pk else ():
            self.fields[name].disabled = True
        if "town" in self.fields:
            self.fields["town"].queryset = self._towns()  # type: ignore[attr-defined]

    def _towns(self) -> Any:
        """The towns somebody may choose; those who hold no area choose where their records lie."""
        from zhihuan.bureau.places.models import Town

        scope = scope_of(self.user, self.permission)
        return towns_in(scope) if scope.city or scope.towns else Town.objects.all()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen = self.data.get(self.add_prefix("seen"), "")
        if self._looked and seen and seen != self._looked:
            raise ValidationError(
                _now(
                    "您编辑期间，此记录已被他人修改。下面是您填写的内容；请重新打开本页核对后再改。"
                ),
                code="stale",
            )
        return cleaned

    def save_in(self, changes: Changes) -> Any:
        """Write the record as part of an act; ValidationError when it may not lie where it would."""
        if self.instance.pk:
            changes.update(self.instance)
        else:
            changes.create(self.instance)
        self.save_more(changes)
        if not scope_of(self.user, self.permission).covers(self.instance):
            raise ValidationError(
                _now("这样修改后，记录将不在您的管辖范围内。请核对镇街与所属单位。")
            )
        return self.instance

    def save_more(self, changes: Changes) -> None:
        """Records that belong to this one; nothing by default."""

    def doubts(self) -> list[str]:
        """What is accepted but should be looked at again."""
        return []

    def grouped(self) -> list[tuple[Any, list[Any]]]:
        """Bound fields under their legends; ``why`` and hidden ones stand apart."""
        named = {name for _legend, names in self.groups for name in names}
        rest = [n for n in self.fields if n not in named and n not in {"why", "seen"}]
        groups = [*self.groups, ("", tuple(rest))] if rest else list(self.groups)
        return [
            (legend, [self[name] for name in names if name in self.fields])
            for legend, names in groups
        ]


def fingerprint(row: Any) -> str:
    """A short digest of everything a record says."""
    text = json.dumps(as_json(row), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:20]
