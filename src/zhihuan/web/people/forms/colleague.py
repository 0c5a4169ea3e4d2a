"""A field that names a colleague: anybody of the bureau whose account can be used."""

from __future__ import annotations

from typing import Any

from django import forms

from zhihuan.bureau.people.models import Organisation, User


class ColleagueField(forms.ModelChoiceField):
    """A select box of people with their organisation, in the order of the tree."""

    def __init__(self, **kwargs: Any) -> None:
        rows = User.objects.filter(
            is_active=True, locked_at=None, organisation__kind__in=Organisation.INSIDE
        )
        ordered = rows.order_by("organisation__path", "display_name", "username")
        super().__init__(queryset=ordered.select_related("organisation"), **kwargs)

    def leave_out(self, person: User) -> None:
        """Everybody but this one."""
        self.queryset = self.queryset.exclude(pk=person.pk)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}（{obj.organisation}）"
