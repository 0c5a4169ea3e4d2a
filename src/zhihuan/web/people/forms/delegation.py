"""The form of a delegation: which of one's roles, to whom, from when until when, and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people import open_work
from zhihuan.bureau.people.delegation import Delegation, lendable
from zhihuan.bureau.people.models import RoleGrant, User
from zhihuan.web.people.forms.colleague import ColleagueField
from zhihuan.web.registry.forms.record_form import DayInput


class _Roles(forms.ModelMultipleChoiceField):
    def label_from_instance(self, grant: Any) -> str:
        return f"{grant.get_role_display()} · {grant.organisation}"


class DelegationForm(forms.Form):
    """``holder`` lends; the choices are theirs. The box for open work stands there when there is any."""

    roles = _Roles(
        RoleGrant.objects.none(), label=_("委托的角色"), widget=forms.CheckboxSelectMultiple
    )
    deputy = ColleagueField(label=_("代理人"))
    first = forms.DateField(label=_("自"), widget=DayInput(), initial=timezone.localdate)
    last = forms.DateField(label=_("至"), widget=DayInput(), help_text=_("含当日；到期自动结束。"))
    why = forms.CharField(
        label=_("事由"), max_length=200, min_length=2, help_text=_("例如：年休假、外出培训。")
    )
    hand_over = forms.BooleanField(label=_("现在就把在办事项移交给代理人"), required=False)

    def __init__(self, holder: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holder = holder
        own = lendable(holder)
        self.fields["roles"].queryset = RoleGrant.objects.filter(  # type: ignore[attr-defined]
            pk__in=[each.pk for each in own]
        ).select_related("organisation")
        self.fields["deputy"].offer_all_but(holder)  # type: ignore[attr-defined]
        self.fields["last"].initial = timezone.localdate() + dt.timedelta(days=7)
        self.in_hand = open_work.in_hand(holder, [each.organisation for each in own])
        if not self.in_hand:
            del self.fields["hand_over"]

    def delegation(self) -> Delegation:
        """What was filled in."""
        given = self.cleaned_data
        return Delegation(
            holder=self.holder,
            deputy=given["deputy"],
            roles=list(given["roles"].select_related("organisation", "user")),
            first=given["first"],
            last=given["last"],
            why=given["why"],
            hand_over=given.get("hand_over", False),
        )
