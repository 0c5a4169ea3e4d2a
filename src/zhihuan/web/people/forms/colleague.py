"""A field that names a colleague: anybody of the bureau whose account can be used, and who is no
administrator, for those stand in for nobody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation, RoleGrant, User
from zhihuan.bureau.people.roles import ROLES, Side

_ADMINISTRATORS = [role.code for role in ROLES.values() if role.side is Side.ADMINISTRATION]


class ColleagueField(forms.ModelChoiceField):
    """A select box of people with their organisation, in the order of the tree."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), empty_label=_("请选择"), **kwargs)

    def offer_all_but(self, person: User) -> None:
        """Fill the options in: when a form is made, for people and their roles change by the day."""
        administrators = RoleGrant.objects.in_force().filter(role__in=_ADMINISTRATORS)
        rows = User.objects.filter(
            is_active=True, locked_at=None, organisation__kind__in=Organisation.INSIDE
        )
        self.queryset = (
            rows.exclude(pk=person.pk)
            .exclude(pk__in=administrators.values("user_id"))
            .select_related("organisation")
            .order_by("organisation__path", "display_name", "username")
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}（{obj.organisation}）"
