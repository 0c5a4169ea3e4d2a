"""What is asked of those who review a case, and of those who discuss it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.lines.enforcement.forms.fields import ViewsField, WhyForm, day, text, yes

__all__ = ["BackForm", "DiscussForm", "ExtendAgainForm", "LegalForm", "ReviewForm"]

#: Source: 行政处罚法 §58(1); the last by the discretion rules of the province.
GROUNDS = (
    ("public_interest", _("涉及重大公共利益")),
    ("major_rights", _("直接关系当事人或者第三人重大权益，经过听证程序")),
    ("complex", _("案件情况疑难复杂、涉及多个法律关系")),
    ("other_law", _("法律、法规规定应当进行法制审核的其他情形")),
    ("social_impact", _("社会影响较大")),
)
_CHECKED = (
    ("jurisdiction", _("本机关有管辖权")),
    ("facts", _("违法事实清楚")),
    ("evidence", _("证据确凿、充分")),
    ("procedure", _("调查程序合法")),
    ("limitation", _("未超过追责时效")),
    ("law", _("适用法律正确，裁量适当")),
)


def _boxes(label: Any, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, widget=widget, **more)


class ReviewForm(forms.Form):
    """The six points of a review. Source: 生态环境行政处罚办法 §42."""

    checked = _boxes(_("审查内容"), _CHECKED)
    grounds = _boxes(_("须法制审核的情形"), GROUNDS, required=False)
    is_weighty = yes(_("须经法制审核"), _("选择了法制审核情形的，须勾选。"))
    must_discuss = yes(_("情节复杂或者重大，须集体讨论"))
    opinion = text(_("审查意见"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if "checked" in told and len(told["checked"]) < len(_CHECKED):
            self.add_error("checked", _now("六项须全部符合；有不符合的，请退回补充调查。"))
        if bool(told.get("grounds")) != bool(told.get("is_weighty")):
            self.add_error("is_weighty", _now("有法制审核情形的须勾选；没有的不能勾选。"))
        return told


class LegalForm(forms.Form):
    """The opinion of the legal review. Source: 广东省重大行政执法决定法制审核办法."""

    qualified = yes(_("审核人员已取得国家统一法律职业资格"), required=True)
    opinion = text(_("法制审核意见"))


class BackForm(WhyForm):
    """What must be looked into once more."""

    why = text(_("须补充调查的内容"))


class DiscussForm(forms.Form):
    """A discussion of the persons in charge, with the view of each. Source: 行政处罚法 §57(2)."""

    held_on = day(_("讨论日期"))
    host = forms.CharField(label=_("主持人"), max_length=60)
    reported = text(_("案情汇报"))
    views = ViewsField(label=_("逐人意见"), help_text=_("一行一人：姓名：意见。"))
    conclusion = text(_("讨论结论"))


class ExtendAgainForm(forms.Form):
    """The second extension is discussed. Source: 生态环境行政处罚办法 §57."""

    why = text(_("理由"))
    views = ViewsField(label=_("逐人意见"), help_text=_("一行一人：姓名：意见。"))
