"""The form of an end of employment."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.leaving import in_hand
from zhihuan.bureau.people.models import User
from zhihuan.web.people.forms.colleague import ColleagueField
from zhihuan.web.people.forms.grant import ReasonForm


class LeavingForm(ReasonForm):
    """Why, and who takes over; the latter is asked only where something is in hand."""

    successor = ColleagueField(label=_("在办事项接手人"))
    field_order = ("successor", "why")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.in_hand = in_hand(user)
        if self.in_hand:
            self.fields["successor"].offer_all_but(user)  # type: ignore[attr-defined]
        else:
            del self.fields["successor"]
