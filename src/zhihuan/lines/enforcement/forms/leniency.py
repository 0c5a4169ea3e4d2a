"""What steps that spare a party ask: the rule in force stands beside the questions, and the answer is judged by it.

The judgement is kept with what was said; it proposes and gives its reasons, people decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.lenience import Outcome, judge_item, judge_law, minor_items
from zhihuan.bureau.lenience.judgement import Judgement
from zhihuan.bureau.lenience.no_penalty import FACTS
from zhihuan.bureau.lenience.told import judgement_words, list_words
from zhihuan.bureau.matters.models import Matter

__all__ = ["FACTS_HOLD", "SparingQuestions", "derived_text", "rule_text"]

#: Grounds of a decision not to punish that the law ties to facts.
FACTS_HOLD = ("minor", "first", "no_fault")


def rule_text(label: Any) -> forms.CharField:
    """The rule that is in force, shown and not asked."""
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, disabled=True, widget=box)


def derived_text(label: Any) -> forms.CharField:
    """What the form finds by itself; told with the answers."""
    field = forms.CharField(label=label, required=False, widget=forms.HiddenInput)
    field.is_derived = True  # type: ignore[attr-defined]
    return field


def _items() -> list[tuple[str, str]]:
    listed = (
        (str(each.number), f"{each.number} {each.act[:60]}") for each in minor_items().values()
    )
    return [("", _now("不依目录")), *listed]


class SparingQuestions(forms.Form):
    """The grounds not to punish: an item of the provincial list with its conditions, or facts of the law."""

    rule = rule_text(_("不予处罚目录（现行）"))
    item = forms.ChoiceField(label=_("目录项"), choices=_items, required=False)
    conditions = forms.MultipleChoiceField(
        label=_("本项条件"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("选择目录项并提交后，逐项核对列出的条件。"),
    )
    is_sensitive = forms.BooleanField(
        label=_("发生在生态环境敏感区内"), required=False, help_text=_("敏感区内不适用目录。")
    )
    known = forms.MultipleChoiceField(
        label=_("已查明的事实"),
        widget=forms.CheckboxSelectMultiple,
        choices=list(FACTS.items()),
        required=False,
        help_text=_("依法律直接不予处罚的，勾选有证据证明的事实。"),
    )
    judged = derived_text(_("规则判断"))

    def begin(self, matter: Matter) -> None:
        """The rule for the conduct of this case, and the conditions of the item that was chosen."""
        self.act_on = act_day(matter)
        self.initial["rule"] = list_words(self.act_on)
        chosen = str(self.data.get("item", "")) if self.is_bound else ""
        item = minor_items().get(int(chosen)) if chosen.isdecimal() else None
        field: Any = self.fields["conditions"]
        field.choices = [
            (str(n), text) for n, text in enumerate(item.conditions if item else (), 1)
        ]

    def judge(self, told: dict[str, Any]) -> dict[str, Any]:
        """What the rules say of these answers; an error where they do not let the party off."""
        found = self._found(told)
        if found is None:
            return told
        told["judged"] = judgement_words(found)
        if found.outcome is not Outcome.YES:
            name = "conditions" if told.get("item") else "known"
            self.add_error(name, told["judged"])
        return told

    def _found(self, told: dict[str, Any]) -> Judgement | None:
        if told.get("item"):
            return self._by_item(int(told["item"]), told.get("conditions", ()), told)
        if told.get("ground") in FACTS_HOLD:
            held = dict.fromkeys(told.get("known", ()), True)
            return judge_law(held, act_on=self.act_on)
        return None

    def _by_item(self, number: int, met: Iterable[str], told: dict[str, Any]) -> Judgement:
        ticked = {int(each) for each in met}
        every = range(1, len(minor_items()[number].conditions) + 1)
        holds = {each: each in ticked for each in every}
        sensitive = bool(told.get("is_sensitive"))
        return judge_item(number, holds, act_on=self.act_on, in_sensitive_area=sensitive)


def act_day(matter: Matter) -> date:
    """The day by whose law the conduct is judged: its last as far as it is known, else today."""
    case = getattr(matter, "penaltycase", matter)
    for name in ("act_until", "found_on"):
        if day := getattr(case, name, None):
            return day  # type: ignore[no-any-return]
    return timezone.localdate()
