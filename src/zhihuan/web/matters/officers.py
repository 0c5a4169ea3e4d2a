"""The officers who take a step together: chosen by name among those with a valid certificate today.

The form begins with whoever acted together in the matter last, else with whom it was assigned to: two officers on a visit
write several records, and choose each other once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.declaration import Step
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.models import EnforcementCertificate, User

__all__ = ["OfficersForm", "officers_form"]

#: Fields by which a step assigns people (``lines.inspection``).
_ASSIGNED = ("officer_1", "officer_2")
#: So many steps back at most.
_LOOKED_AT = 30


class OfficersForm(forms.Form):
    """One box for each officer that a step asks for; nobody twice. Source: 行政处罚法 (2021) §42."""

    def __init__(
        self, count: int, actor: Any, known: Sequence[int], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        certified = _certified()
        begun = [each for each in _begun(actor, known) if each in certified]
        choices = [("", _("请选择")), *certified.items()]
        for number in range(1, count + 1):
            self.fields[f"_officer_{number}"] = forms.ChoiceField(
                label=_now("执法人员 %(number)d") % {"number": number},
                choices=choices,
                initial=begun[number - 1] if number <= len(begun) else "",
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


def officers_form(step: Step, matter: Matter, actor: Any, data: Any = None) -> OfficersForm | None:
    """The form of a step that officers must take together; None for any other. One query more than an empty one
    asks for who acted before."""
    if not step.who.officers:
        return None
    known = () if data is not None else _known_to(matter)
    return OfficersForm(step.who.officers, actor, known, data)


def _begun(actor: Any, known: Sequence[int]) -> list[str]:
    """Whoever writes, then the others known; nobody twice. Somebody else's pair is not proposed to a third."""
    others = [each for each in known if each != actor.pk]
    return [str(each) for each in (actor.pk, *others)] if actor.pk in known else [str(actor.pk)]


def _known_to(matter: Matter) -> list[int]:
    """Who acted together last, else whom the matter was assigned to."""
    latest = matter.events.order_by("-number").values_list("officers", "said")[:_LOOKED_AT]
    for officers, said in latest:
        if officers:
            return [each["id"] for each in officers]
        if assigned := [said[name] for name in _ASSIGNED if said.get(name)]:
            return assigned
    return []


def _certified() -> dict[str, str]:
    """Name and certificate of everybody at work who has a valid one today, by key; one query."""
    today = timezone.localdate()
    valid = EnforcementCertificate.objects.filter(
        issued__lte=today, expires__gte=today, user__is_active=True, user__locked_at__isnull=True
    )
    rows = valid.select_related("user").order_by("user__display_name", "user_id", "expires")
    return {str(row.user_id): f"{row.user}（{row.number}）" for row in rows}
