"""The forms of granting and of acts that need a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import RoleGrant, User
from zhihuan.bureau.people.roles import ROLES, Side
from zhihuan.web.people.forms.place import PlaceFields
from zhihuan.web.registry.forms.record_form import DayInput


class ReasonForm(forms.Form):
    """Nothing but why."""

    why = forms.CharField(
        label=_("事由"),
        max_length=200,
        min_length=2,
        help_text=_("写明依据，例如：任免通知〔2026〕8 号。"),
    )


class GrantForm(PlaceFields):
    """Which role, where, from when until when, and why."""

    role = forms.ChoiceField(label=_("角色"))
    valid_from = forms.DateField(label=_("自"), widget=DayInput(), initial=timezone.localdate)
    valid_until = forms.DateField(
        label=_("至"), widget=DayInput(), required=False, help_text=_("含当日；长期任职留空。")
    )
    reason = forms.CharField(
        label=_("事由"),
        max_length=200,
        min_length=2,
        help_text=_("写明依据，例如：任免通知〔2026〕8 号。"),
    )
    field_order = ("role", "inner", "outer", "valid_from", "valid_until", "reason")

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        inside = person.organisation is None or person.organisation.is_inside
        sides = {Side.BUREAU, Side.ADMINISTRATION} if inside else {Side.OUTSIDE}
        choices = [(r.code, f"{r.name}：{r.about}") for r in ROLES.values() if r.side in sides]
        self.fields["role"].choices = [("", _("请选择")), *choices]  # type: ignore[attr-defined]
        self.show_place(person.organisation)
        self.fields["inner"].label = _("任职机构")
        del self.fields["outer" if inside else "inner"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in {"inner", "outer"} & set(self.fields):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("请选填任职机构。"))
        return cleaned

    def grant(self) -> RoleGrant:
        """What was filled in, not saved."""
        given = self.cleaned_data
        return RoleGrant(
            user=self.person,
            role=given["role"],
            organisation=given.get("inner") or given.get("outer"),
            valid_from=given["valid_from"],
            valid_until=given["valid_until"],
            reason=given["reason"],
        )
