"""The officers who take a step together: chosen by name among those with a valid certificate today."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.declaration import Step
from zhihuan.bureau.people.models import EnforcementCertificate, User

__all__ = ["OfficersForm", "officers_form"]


class OfficersForm(forms.Form):
    """One box for each officer that a step asks for; nobody twice. Source: 行政处罚法 (2021) §42."""

    def __init__(self, count: int, actor: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        certified = _certified()
        choices = [("", _("请选择")), *certified.items()]
        for number in range(1, count + 1):
            is_me = number == 1 and str(actor.pk) in certified
            self.fields[f"_officer_{number}"] = forms.ChoiceField(
                label=_now("执法人员 %(number)d") % {"number": number},
                choices=choices,
                initial=str(actor.pk) if is_me else "",
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = [each for each in cleaned.values() if each]
        if len(set(chosen)) < len(chosen):
            raise ValidationError(_("同一人不能重复选择，请改选另一名执法人员。"))
        return cleaned

    def officers(self) -> list[User]:
        """Whom a valid form names, in its order."""
        chosen = [int(pk) for pk in self.cleaned_data.values()]
        found = User.objects.in_bulk(chosen)
        return [found[pk] for pk in chosen]


def officers_form(step: Step, actor: Any, data: Any = None) -> OfficersForm | None:
    """The form of a step that officers must take together; None for any other."""
    return OfficersForm(step.who.officers, actor, data) if step.who.officers else None


def _certified() -> dict[str, str]:
    """Name and certificate of everybody at work who has a valid one today, by key; one query."""
    today = timezone.localdate()
    valid = EnforcementCertificate.objects.filter(
        issued__lte=today, expires__gte=today, user__is_active=True, user__locked_at__isnull=True
    )
    rows = valid.select_related("user").order_by("user__display_name", "user_id", "expires")
    return {str(row.user_id): f"{row.user}（{row.number}）" for row in rows}
