"""What is asked before a matter changes its edition: to which, by which state it goes on there, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter
from zhihuan.web.matters.law_words import basis_words, force_words
from zhihuan.web.matters.visible import editions_of

__all__ = ["EditionForm", "ReasonForm"]


class EditionForm(forms.Form):
    """The edition, chosen already where there is but one other; the state only where that edition knows none of
    the present one's code."""

    to = forms.ChoiceField(label=_("换到的版本"))

    def __init__(self, matter: Matter, told: Mapping[str, Any]) -> None:
        self.others = [
            each for each in editions_of(matter.procedure) if each.edition != matter.edition
        ]
        given = {name: str(told.get(name, "")) for name in ("to", "state")}
        if not given["to"] and len(self.others) == 1:
            given["to"] = self.others[0].edition
        super().__init__(given if given["to"] else None)
        to: Any = self.fields["to"]
        to.choices = [(each.edition, _words(each)) for each in self.others]
        target = next((each for each in self.others if each.edition == given["to"]), None)
        if target is not None and matter.state not in {state.code for state in target.states}:
            self.fields["state"] = _state_of(target)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        return {"state": "", **told}


class ReasonForm(forms.Form):
    """Why, and the version of the matter that was seen."""

    why = forms.CharField(
        label=_("换版的理由"),
        max_length=500,
        help_text=_("记入办理经过，长期保存。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def _words(procedure: Procedure) -> str:
    basis = procedure.basis
    return f"{procedure.edition}（{basis_words(basis)}，{force_words(basis)}）"


def _state_of(target: Procedure) -> forms.ChoiceField:
    running = [(state.code, state.title) for state in target.states if not state.end]
    return forms.ChoiceField(
        label=_("换版后的状态"),
        choices=running,
        help_text=_("新版本没有事项现在的状态，请指定对应的状态。"),
    )
