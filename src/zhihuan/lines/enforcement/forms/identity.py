"""Who the party is, asked where a case begins; of a person the law asks for other amounts than of a body."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.identities.models import PartyIdentity
from zhihuan.bureau.identities.questions import IdentityForm, IdentityQuestions

__all__ = ["PartyForm", "PartyQuestions"]

_Kind = PartyIdentity.PartyKind


class PartyQuestions(IdentityQuestions):
    """is_person follows from the kind of party: amounts for hearings and for the simple procedure hang on it."""

    is_person = forms.BooleanField(
        label=_("当事人为自然人（含个体工商户）"), required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        is_person = told.get("party_kind") in {_Kind.PERSON, _Kind.INDIVIDUAL}
        if told.get("is_person") and not is_person:
            self.add_error("party_kind", _now("请选择当事人类别：自然人，或者个体工商户。"))
        told["is_person"] = is_person
        return told


class PartyForm(PartyQuestions, IdentityForm):
    """Registered or put right later."""
