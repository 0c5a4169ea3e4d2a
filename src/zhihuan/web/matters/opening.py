"""Who may open a matter, and what is asked for it: whom it is about, where, and what to call it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.rights import step_permission
from zhihuan.bureau.people.scope import NOTHING, Scope, scope_of, towns_in
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.web.registry.forms.linked import LinkedField

__all__ = ["OpeningForm", "first_steps", "may_open"]


def first_steps(procedure: Procedure) -> list[Step]:
    """The steps that people may take at the beginning."""
    return [each for each in procedure.steps_from(procedure.begins) if not each.who.platform]


def may_open(user: Any, procedure: Procedure) -> bool:
    """Whether this person may begin with any of them."""
    return bool(_reach(user, procedure))


def _reach(user: Any, procedure: Procedure) -> Scope:
    permissions = [step_permission(procedure, each) for each in first_steps(procedure)]
    return sum((scope_of(user, each) for each in permissions), NOTHING)


class OpeningForm(forms.Form):
    """Whoever belongs to a body outside the bureau opens matters of that body alone. origin: the matter
    it grows out of, whose party, town and title stand there already."""

    party = LinkedField(
        Enterprise,
        ("code", "credit_code", "name"),
        "registry.view_enterprise",
        noun="enterprises",
        label=_("当事人"),
        required=False,
        help_text=_("填企业编码、统一社会信用代码或名称。"),
    )
    town = forms.ModelChoiceField(
        Town.objects.none(),
        label=_("镇街"),
        required=False,
        empty_label=_("请选择"),
        help_text=_("不填则按当事人所在镇街。"),
    )
    title = forms.CharField(
        label=_("标题"), max_length=200, min_length=2, help_text=_("写明单位与事由。")
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        procedure: Procedure,
        user: Any,
        *args: Any,
        origin: Matter | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.own = _own_body(user)
        self.fields["submission"].initial = uuid.uuid4()
        self._take_over(origin)
        if self.own is not None:
            del self.fields["party"], self.fields["town"]
            if origin is None:
                self.fields["title"].initial = f"{self.own}{procedure.title}"
            return
        scope = _reach(user, procedure)
        self.fields["party"].user = user  # type: ignore[attr-defined]
        self.fields["party"].widget.attrs["list"] = "list-party"
        self.fields["town"].queryset = towns_in(scope).order_by("code")  # type: ignore[attr-defined]

    def _take_over(self, origin: Matter | None) -> None:
        if origin is not None:
            carried = {"title": origin.title, "party": origin.party_id, "town": origin.town_id}
            self.initial = carried | self.initial

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        needs_place = self.own is None and not self.errors
        if needs_place and not (cleaned.get("party") or cleaned.get("town")):
            raise ValidationError(_now("请填写当事人，或选择镇街。"))
        return cleaned

    def opened_with(self) -> dict[str, Any]:
        """What a valid form says, as fields of the matter."""
        given = self.cleaned_data
        party = self.own or given["party"]
        enterprise = Enterprise.objects.filter(pk=party.pk).first() if party else None
        town = given.get("town") or (enterprise.town if enterprise else None)
        return {
            "title": given["title"],
            "party_id": party.pk if party else None,
            "town": town,
            "synthetic": bool(party and party.synthetic),
            "submission": given["submission"],
        }


def _own_body(user: Any) -> Any:
    place = user.organisation
    return place if place is not None and not place.is_inside else None
