"""What the calculator's page asks: the days, the factors of the table, and what its formula multiplies.

Sent by GET, so that a reckoning has an address and nothing is written. Levels travel as their place in
the table (``f0=2``): names are long.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.discretion import (
    LAW_RANGE,
    Asked,
    BandTable,
    CaseType,
    Severity,
    WeightTable,
    city_rules,
    table,
    types_after,
)
from zhihuan.bureau.discretion.money import share_words
from zhihuan.bureau.discretion.weighing import SITUATION

__all__ = ["CodeForm", "QuestionForm", "TableForm"]

_MOST = Decimal(10) ** 13
_LEADING = ("tier", "factor_set")
_DAY = {"type": "date"}


class QuestionForm(forms.Form):
    """What both kinds of case types ask."""

    def __init__(self, case_id: str, given: Any, typed: Any = None) -> None:
        """given: what is to be answered; typed: what is only to stand in the form again."""
        so_far = typed.dict() if typed else {}
        super().__init__(given, initial={"decided": timezone.localdate()} | so_far)
        self.case_id = case_id
        self._levels: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._bases: dict[str, str] = {}
        self.fields["began"] = _day(_("违法行为开始日期"), required=False)
        self.fields["ended"] = _day(
            _("违法行为日期"), _("持续的行为填终了之日；仍在持续的填发现之日。")
        )
        self.fields["decided"] = _day(_("作出决定日期"), _("尚未决定的填拟决定之日。"))

    def ask_factor(self, name: str, levels: Iterable[tuple[str, str]]) -> None:
        """A factor by radio buttons. levels: (level, how the button is labelled)."""
        key = f"f{len(self._levels)}"
        pairs = tuple(levels)
        choices = [("", _("未查明（按最低档次计）"))]
        choices += [(str(place), label) for place, (_level, label) in enumerate(pairs)]
        self._levels[key] = (name, tuple(level for level, _label in pairs))
        self.fields[key] = forms.ChoiceField(
            label=name, choices=choices, widget=forms.RadioSelect, required=False, initial=""
        )

    def ask_base(self, name: str) -> None:
        """A sum of money, or a number of times, that a formula multiplies."""
        key = f"b{len(self._bases)}"
        self._bases[key] = name
        unit = "" if name.endswith("数") else _("（元）")
        self.fields[key] = forms.DecimalField(
            label=f"{name}{unit}", min_value=Decimal("0.01"), max_value=_MOST, decimal_places=2, required=False
        )  # fmt: skip

    @property
    def leading(self) -> list[BoundField]:
        """What decides which factors are asked."""
        return [self[key] for key in _LEADING if key in self.fields]

    @property
    def waits_for_factors(self) -> bool:
        """Whether a table is to be chosen before there are factors to answer."""
        return "factor_set" in self.fields and not self._levels

    @property
    def factors(self) -> list[BoundField]:
        return [self[key] for key in self._levels]

    @property
    def others(self) -> list[BoundField]:
        """Everything else."""
        before = {"began", "ended", "decided", *_LEADING, *self._levels}
        return [self[key] for key in self.fields if key not in before]

    @property
    def days(self) -> list[BoundField]:
        return [self[key] for key in ("began", "ended", "decided")]

    def clean(self) -> dict[str, Any]:
        """Days in order; what goes together is given together."""
        found = super().clean() or {}
        began, ended = found.get("began"), found.get("ended")
        if began and ended and began > ended:
            self.add_error("began", _("开始日期不得晚于违法行为日期"))
        if found.get("points") is not None and not found.get("city"):
            self.add_error("city", _("填写了调整系数，请选择适用的市级规定"))
        low, high = found.get("law_low"), found.get("law_high")
        if (low is None) != (high is None):
            self.add_error("law_high" if high is None else "law_low", _("最低额与最高额请一并填写"))
        return found

    def asked(self) -> Asked:
        """The question; of a valid form."""
        said = self.cleaned_data
        return Asked(
            case_id=self.case_id,
            answers={
                name: levels[int(said[key])]
                for key, (name, levels) in self._levels.items()
                if said[key]
            },
            act_on=said["ended"],
            decided_on=said["decided"],
            bases={name: said[key] for key, name in self._bases.items() if said[key] is not None},
            severity=Severity(said.get("severity") or Severity.NORMAL),
            person=bool(said.get("person")),
            factor_set=said.get("factor_set") or "",
            tier=int(said.get("tier") or 0),
            law_range=_range(said.get("law_low"), said.get("law_high")),
        )

    @property
    def began(self) -> dt.date:
        """The act's first day; its only one where none was given."""
        found: dt.date = self.cleaned_data["began"] or self.cleaned_data["ended"]
        return found


class TableForm(QuestionForm):
    """The factors of a provincial table, a city's adjustment, and which act of the Code to compare with."""

    def __init__(self, found: WeightTable | BandTable, given: Any) -> None:
        super().__init__(found.number, given)
        if isinstance(found, WeightTable):
            self._ask_weights(found)
        else:
            self._ask_bands(found)
        if found.person if isinstance(found, WeightTable) else found.has_person:
            self.fields["person"] = forms.BooleanField(
                label=_("计算对直接负责的主管人员等个人的罚款"), required=False
            )
        self._ask_comparison(found)

    def _ask_weights(self, found: WeightTable) -> None:
        if len(found.situations) > 1:
            self.ask_factor(SITUATION, ((each.name, each.name) for each in found.situations))
        ask_weighted(self, found)
        for name in dict.fromkeys(each.formula.base for each in found.situations):
            if name:
                self.ask_base(name)
        rules = [(key, f"{each.city} {each.title}") for key, each in city_rules().items()]
        self.fields["city"] = forms.ChoiceField(
            label=_("市级调整"), choices=[("", _("不调整")), *rules], required=False
        )
        self.fields["points"] = forms.DecimalField(
            label=_("调整系数总和"), help_text=_("从重为正，从轻为负。"), min_value=-20, max_value=100,
            decimal_places=2, required=False,
        )  # fmt: skip

    def _ask_bands(self, found: BandTable) -> None:
        for factor in found.factors:
            self.ask_factor(factor.name, ((each.name, each.name) for each in factor.levels))
        self.fields["severity"] = forms.ChoiceField(
            label=_("处罚轻重（第十二条）"),
            choices=[(str(each), each.words) for each in Severity],
            widget=forms.RadioSelect,
            initial=str(Severity.NORMAL),
            required=False,
        )
        bounds = [each for row in found.rows for each in (row.unit, row.person) if each]
        for name in dict.fromkeys(each.asks for each in bounds):
            if name:
                self.ask_base(name)
        if len(found.tiers) != 1:
            for key, title in (("law_low", _("最低额（元）")), ("law_high", _("最高额（元）"))):
                self.fields[key] = forms.DecimalField(
                    label=f"{LAW_RANGE}{title}", min_value=0, max_value=_MOST, decimal_places=2, required=False
                )  # fmt: skip

    def _ask_comparison(self, found: WeightTable | BandTable) -> None:
        choices = [
            (f"{act.code}-{place}", f"{act.code} {act.name} {tier.condition} {tier.bound.words}")
            for act in types_after(found)
            for place, tier in enumerate(act.tiers)
        ]
        if choices:
            self.fields["beside"] = forms.ChoiceField(
                label=_("与法典案由比较"), choices=[("", _("不比较")), *choices], required=False
            )

    def beside(self, old: Asked) -> Asked | None:
        """The same act asked of the Code; None where no comparison is wanted."""
        code, _dash, tier = (self.cleaned_data.get("beside") or "").partition("-")
        if not code:
            return None
        lends = isinstance(table(old.case_id), WeightTable)
        return Asked(
            case_id=code,
            answers=old.answers if lends else {},
            act_on=old.act_on,
            bases=old.bases,
            factor_set=old.case_id if lends else "",
            tier=int(tier),
        )


class CodeForm(QuestionForm):
    """Which range of the act holds, and whose factors serve."""

    def __init__(self, act: CaseType, given: Any, typed: Any = None) -> None:
        super().__init__(act.code, given, typed)
        if len(act.tiers) > 1:
            self.fields["tier"] = forms.ChoiceField(
                label=_("适用幅度"),
                choices=[
                    (str(place), f"{each.condition or _('一般情形')} {each.bound.words}")
                    for place, each in enumerate(act.tiers)
                ],
                widget=forms.RadioSelect,
                initial="0",
                required=False,
            )
        for name in dict.fromkeys(each.bound.asks for each in act.tiers):
            if name:
                self.ask_base(name)
        lenders = [each for each in map(table, act.like) if isinstance(each, WeightTable)]
        if not lenders:
            return
        self.fields["factor_set"] = forms.ChoiceField(
            label=_("借用省裁量表的裁量因素"),
            help_text=_("选好后点“列出裁量因素”。"),
            choices=[("", _("不借用，只列法定幅度")), *((each.number, f"{each.number} {each.title}") for each in lenders)],
            required=False,
        )  # fmt: skip
        chosen = (given or typed or {}).get("factor_set", "")
        for each in lenders:
            if each.number == chosen:
                ask_weighted(self, each)


def ask_weighted(form: QuestionForm, found: WeightTable) -> None:
    """The factors of a weight table, each level with its weight."""
    for factor in found.factors:
        form.ask_factor(
            factor.name,
            (
                (each.name, f"{each.name}（{share_words(each.weight or Fraction(0))}）")
                for each in factor.levels
            ),
        )


def _day(label: Any, hint: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=hint, required=required, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )  # fmt: skip


def _range(low: Decimal | None, high: Decimal | None) -> tuple[Decimal, Decimal] | None:
    return None if low is None or high is None else (low, high)
