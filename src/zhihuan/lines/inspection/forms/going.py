"""What is asked on the way to a visit: who goes, why and until when; arrival; other officers; a merge."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.matters.engine.forms import MatterForm
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.models import User
from zhihuan.bureau.vault.fields import VaultFileField
from zhihuan.lines.inspection.certified import told_of
from zhihuan.lines.inspection.forms.asking import (
    confirmed,
    day_field,
    moment_field,
    text_field,
    yes_or_no,
)
from zhihuan.lines.inspection.models import Inspection
from zhihuan.lines.inspection.stated import stated_of

__all__ = [
    "AssignForm",
    "BeginForm",
    "GrantRecusalForm",
    "MergeForm",
    "RefuseRecusalForm",
    "ReplaceForm",
]

_ITEMS = [
    ("permit", _("排污许可执行")), ("water", _("废水")), ("air", _("废气")), ("noise", _("噪声")),
    ("waste", _("固体废物")), ("monitoring", _("自动监测")), ("ledger", _("管理台账")), ("emergency", _("环境应急")),
]  # fmt: skip


def _officer(label: Any) -> forms.ModelChoiceField:  # type: ignore[type-arg]
    return forms.ModelChoiceField(
        User.objects.filter(certificates__isnull=False, is_active=True).distinct(),
        label=label,
        empty_label=_("请选择"),
    )


class OfficersAskedForm(MatterForm):
    """Two officers, each with a certificate valid on the day until which the visit is made."""

    officer_1 = _officer(_("执法人员（一）"))
    officer_2 = _officer(_("执法人员（二）"))
    officers_told = forms.CharField(
        label=_("指派的执法人员"), required=False, widget=forms.HiddenInput
    )

    def last_day(self, told: dict[str, Any]) -> date | None:
        """Until when the certificates must last."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        day, users = self.last_day(told), [told.get("officer_1"), told.get("officer_2")]
        if day is None or None in users:
            return told
        if users[0] == users[1]:
            self.add_error("officer_2", _("两名执法人员不能是同一人。"))
            return told
        found = {each["id"]: each for each in told_of([*filter(None, users)], day)}
        for name, user in zip(("officer_1", "officer_2"), users, strict=True):
            if user is not None and user.pk not in found:
                words = _now("%(name)s的执法证在 %(day)s 前失效，请换人或先换证。")
                self.add_error(name, words % {"name": user, "day": day})
        names = [f"{each['name']}（{each['certificate']}）" for each in found.values()]
        return told | {"officers_told": "、".join(names)}


class AssignForm(OfficersAskedForm):
    """A visit is ordered: of which kind, for what, until when, and who goes."""

    kind = forms.ChoiceField(label=_("检查类别"), choices=Inspection.Kind.choices)
    reason = text_field(_("检查事由"), max_length=500)
    items = forms.MultipleChoiceField(
        label=_("检查内容"), choices=_ITEMS, widget=forms.CheckboxSelectMultiple
    )
    approval = forms.CharField(
        label=_("批准或备案文号"),
        max_length=120,
        help_text=_("涉企现场检查须经批准或备案（2025 年涉企检查要求，文本待核）。"),
    )
    visit_by = day_field(_("检查期限"))
    kind_told = forms.CharField(label=_("检查类别"), required=False, widget=forms.HiddenInput)
    items_told = forms.CharField(label=_("检查内容"), required=False, widget=forms.HiddenInput)
    field_order = ("kind", "reason", "items", "approval", "visit_by", "officer_1", "officer_2")

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        super().__init__(*args, matter=matter, **more)
        visit = Inspection.objects.filter(pk=matter.pk).select_related("plan").first()
        if visit is not None and visit.plan is not None:
            known = {"kind": visit.kind, "reason": visit.plan.purpose}
            known |= {"approval": visit.plan.approval, "visit_by": visit.plan.ends_on}
            self.initial = known | dict(more.get("initial") or {})

    def last_day(self, told: dict[str, Any]) -> date | None:
        return told.get("visit_by")

    def clean(self) -> dict[str, Any]:
        told, kinds, items = super().clean(), dict(Inspection.Kind.choices), dict(_ITEMS)
        chosen = [str(items[each]) for each in told.get("items", ())]
        kind = str(kinds.get(told.get("kind", ""), ""))
        return told | {"kind_told": kind, "items_told": "、".join(chosen)}


class ReplaceForm(OfficersAskedForm):
    """Other officers go: somebody is barred, asked to be replaced, or cannot."""

    cause = forms.ChoiceField(
        label=_("换人原因"),
        choices=[
            ("officer", _("执法人员自行回避")),
            ("absent", _("执法人员不能到场")),
        ],
        widget=forms.RadioSelect,
    )
    reason = text_field(_("理由"))
    field_order = ("cause", "reason", "officer_1", "officer_2")

    def last_day(self, _told: dict[str, Any]) -> date | None:
        visit = Inspection.objects.filter(pk=self.matter.pk).first()
        return visit.visit_by if visit is not None else None


class GrantRecusalForm(ReplaceForm):
    """A party's request is granted: others go, and begin anew. Source: 行政处罚法 (2021) §43."""

    cause = None  # type: ignore[assignment]  # the party's request is the cause
    reason = text_field(_("准予回避的理由"), max_length=500)
    field_order = ("reason", "officer_1", "officer_2")


class RefuseRecusalForm(forms.Form):
    """A party's request is refused, and the party is told why. Source: 行政处罚法 (2021) §43."""

    reason = text_field(
        _("驳回回避申请的理由"), _("写明经审查查明的事实；将告知当事人。"), max_length=500
    )


class MergeForm(MatterForm):
    """One visit for both: the other one, which has not begun, takes this one's purpose on."""

    into = forms.ModelChoiceField(
        Inspection.objects.all(), label=_("并入哪次检查"), empty_label=_("请选择")
    )

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        super().__init__(*args, matter=matter, **more)
        others = Inspection.objects.filter(party=matter.party_id, state="assigned")
        field: Any = self.fields["into"]
        field.queryset = others.exclude(pk=matter.pk).exclude(party__isnull=True)


class BeginForm(MatterForm):
    """At the gate: certificates shown, rights told, who receives the officers. A request for recusal is written down and
    does not stop the visit: whoever heads the organ decides. Source: 行政处罚法 (2021) §§43, 55."""

    one_by_one = True
    offline = True
    arrived_at = moment_field(_("到达时间"))
    place = forms.CharField(
        label=_("检查地点"),
        max_length=200,
        help_text=_("实际检查的场所；与登记地址不同的，请更正。"),
    )
    presented = confirmed(_("已出示执法证件，表明身份"), _("未出示的，当事人有权拒绝检查。"))
    rights_told = confirmed(_("已告知检查事由、陈述申辩和申请回避的权利、配合检查的义务"))
    recusal_asked = yes_or_no(
        _("当事人是否申请回避"),
        help_text=_(
            "申请回避的，由负责人审查决定；决定作出之前不停止检查（行政处罚法第四十三条）。"
        ),
    )
    recusal_why = text_field(_("申请回避的对象和理由"), max_length=500, required=False)
    person_name = forms.CharField(label=_("现场负责人姓名"), max_length=60)
    person_duty = forms.CharField(label=_("现场负责人职务"), max_length=60)
    gate = VaultFileField(
        label=_("亮证或厂区门口照片"),
        accepted=("jpeg", "png"),
        camera=True,
        evidence="audiovisual",
        required=False,
    )

    def __init__(self, *args: Any, matter: Matter, **more: Any) -> None:
        super().__init__(*args, matter=matter, **more)
        self.fields["place"].initial = stated_of(matter.party, timezone.localdate()).address
        why: Any = self.fields["recusal_why"]
        why.shown_when = "recusal_asked=yes"

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("recusal_asked") != "yes":
            return told | {"recusal_why": ""}
        if not told.get("recusal_why") and "recusal_why" not in self.errors:
            self.add_error("recusal_why", _("请记录当事人申请谁回避、理由是什么。"))
        return told
