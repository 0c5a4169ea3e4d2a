"""What is asked of whoever explains, handles, marks or reviews."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.exceedance.actions import PLAN
from zhihuan.bureau.exceedance.manual.considering import Answer, Considered
from zhihuan.bureau.exceedance.manual.known import Known
from zhihuan.bureau.exceedance.models import DataMark, Episode
from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.models import MonitoringPoint, PointFactor
from zhihuan.bureau.vault.fields import VaultFileField
from zhihuan.supervision.exceedance import mark_kinds
from zhihuan.web.exceedance.moments import moment
from zhihuan.web.live.factor_words import words

__all__ = ["ActForm", "ExplainForm", "MarkForm", "PlanForm", "ReviewForm"]


def _words(label: Any, most: int = 1000) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 4}))


class ExplainForm(forms.Form):
    """Of the enterprise."""

    words = _words(_("超标原因与已采取的措施"), 2000)


class ActForm(forms.Form):
    """Of the desk and the branch; the button pressed says what is done. Whoever verifies is asked for manual monitoring of the same
    time: where none is known, “none” stands chosen already. known: what there is; verifies: codes of acts that verify."""

    act = forms.ChoiceField(widget=forms.HiddenInput)
    words = _words(_("说明或理由"), 2000)
    manual = forms.ChoiceField(
        label=_("核实时，同一时段有没有手工监测"), required=False, widget=forms.RadioSelect
    )
    manual_why = forms.CharField(
        label=_("为何没有采用手工监测"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(
        self,
        acts: list[tuple[str, Any]],
        known: Known,
        *args: Any,
        verifies: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.acts = acts
        self._ask_for_manual(known, any(code in verifies for code, _title in acts))
        act = self.fields["act"]
        act.choices = acts  # type: ignore[attr-defined]  # a choice field
        act.error_messages["invalid_choice"] = _("您现在不能对该过程这样做，请刷新页面。")

    def _ask_for_manual(self, known: Known, asks: bool) -> None:
        if not asks:
            del self.fields["manual"], self.fields["manual_why"]
            return
        first = Answer.FOLLOWED if known.results else None if known else Answer.NONE
        answers = [each for each in (first, Answer.DEPARTED) if each is not None]
        field: Any = self.fields["manual"]
        field.choices = [(each.value, each.label) for each in answers]
        if not known:
            field.initial = Answer.NONE
        why: Any = self.fields["manual_why"]
        why.asked_when = _("没有采用时填写")

    @property
    def considered(self) -> Considered:
        """Of a form that is valid; nothing chosen is “none”."""
        told = self.cleaned_data
        return Considered(told.get("manual") or Answer.NONE, told.get("manual_why", ""))


class _SpanForm(forms.Form):
    """What, from when to when, why."""

    kind = forms.ChoiceField(label=_("标记种类"))
    start = moment(_("标记时段自"), _("北京时间"))
    end = moment(_("标记时段至"), _("北京时间"))
    reason = _words(_("标记事由"), 500)
    evidence = VaultFileField(
        label=_("标记佐证"), required=False, help_text=_("运维记录、检修工单等，可不上传")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = mark_kinds(timezone.localdate())
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", _("请选择")),
            *(
                (each.code, f"{_('设备') if each.of_equipment else _('工况')}：{each.name}")
                for each in kinds.values()
            ),
        ]


class MarkForm(_SpanForm):
    """A mark over a span of the outlet of an episode."""

    every_factor = forms.BooleanField(label=_("该点位的全部因子都适用"), required=False)
    field_order = ("kind", "start", "end", "every_factor", "reason", "evidence")

    def __init__(self, episode: Episode, *args: Any, **kwargs: Any) -> None:
        known = {"start": episode.first_at, "end": episode.end_at}
        kwargs["initial"] = known | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class PlanForm(_SpanForm):
    """A mark of any outlet within reach, most often of time to come."""

    point = forms.ModelChoiceField(
        MonitoringPoint.objects.none(), label=_("标记点位"), empty_label=_("请选择")
    )
    factor = forms.ChoiceField(
        label=_("标记因子"), required=False, help_text=_("只涉及一台分析仪的，选择该因子。")
    )
    field_order = ("point", "factor", "kind", "start", "end", "reason", "evidence")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        within = scope_of(user, PLAN).filter(MonitoringPoint.objects.order_by("code"))
        self.fields["point"].queryset = within  # type: ignore[attr-defined]  # a choice of records
        rows = PointFactor.objects.filter(point__in=within).order_by("factor")
        codes = rows.values_list("factor", flat=True).distinct()
        named = [(code, words(code).title) for code in codes]
        self.fields["factor"].choices = [("", _("全部因子")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        point, factor = told.get("point"), told.get("factor")
        if point and factor and not point.factors.filter(factor=factor).exists():
            self.add_error("factor", _("该点位不监测这个因子，请改选。"))
        return told


class ReviewForm(forms.Form):
    """Of the branch: does the mark hold."""

    accepted = forms.TypedChoiceField(
        label=_("标记是否成立"), choices=(("yes", _("成立")), ("no", _("不成立"))),
        coerce=lambda value: value == "yes", widget=forms.RadioSelect,
    )  # fmt: skip
    reason = _words(_("核定理由"), 500)

    def __init__(self, mark: DataMark, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"review_{mark.pk}_%s")
        super().__init__(*args, **kwargs)
