"""Papers of a matter that are made public by a day: registered as public, or why not, and withdrawn again.

    STEPS = publicity(papers=(DECISION, RELEASE), sources=("sealed", "released"), who=head(), asks=ReasonForm, about=_("…"))

Each paper is published by itself, redacted, on its own page (``publication.publish``); the steps write down in the matter
that it was, or why it was not, and are what meets the limit. What is due is what was made since the last registration.
Source: 行政处罚法 §48; 广东省行政执法公示办法 §§11, 14, 15, 21, 24.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.documents.models import MatterDocument, Publication
from zhihuan.bureau.matters.declaration import Document, Guard, Step, Who
from zhihuan.bureau.matters.engine.forms import MatterForm

__all__ = [
    "is_public",
    "none_public",
    "public_since",
    "publicity",
    "publish_form",
    "registered",
    "was_public",
]

_REGISTERED = ("publish", "not_published")
_LAW = "中华人民共和国行政处罚法 §48；广东省行政执法公示办法 §§21、24"
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _public(matter: int, codes: tuple[str, ...]) -> QuerySet[Publication]:
    papers = MatterDocument.objects.filter(matter_id=matter, code__in=codes)
    return Publication.objects.filter(document__in=papers, withdrawn_at__isnull=True)


def is_public(facts: Any, *codes: str) -> bool:
    """Whether a copy of one of these papers is public now."""
    return _public(facts.matter.pk, codes).exists()


def public_since(matter: int, code: str) -> date | None:
    """The day of Beijing since which the newest paper of this kind is public; None: it is not."""
    found = _public(matter, (code,)).order_by("document__pk").last()
    return timezone.localdate(found.published_at) if found else None


def _due(facts: Any, codes: tuple[str, ...]) -> list[MatterDocument]:
    """The standing papers made since what was registered last."""
    last = max((each.number for each in facts.events if each.step in _REGISTERED), default=0)
    rows = MatterDocument.objects.filter(
        matter_id=facts.matter.pk, code__in=codes, event__number__gt=last
    )
    return list(rows.exclude(number__void_at__isnull=False).order_by("pk"))


def registered(*codes: str, changed: tuple[str, ...] = ()) -> Guard:
    """A guard: whatever was to be made public is registered as public, or why it is not. Of a decision (the first of
    ``codes``) that was overturned none is public any more, of one that was changed (by one of these steps) no older copy."""

    def check(facts: Any) -> str:
        public = _public(facts.matter.pk, codes[:1])
        if facts.matter.overturned:
            return _now("决定已被撤销，须先撤回公开文本。") if public.exists() else ""
        rulings = [each.at for each in facts.events if each.step in changed]
        if rulings and public.filter(published_at__lt=rulings[-1]).exists():
            return _now("决定已被变更，须先撤回原公开文本并说明理由。")
        due = _due(facts, codes)
        words = _now("“%(paper)s”尚未登记公开，请先公开并登记，或者写明不予公开的理由。")
        return words % {"paper": due[0].title} if due else ""

    return Guard("registered", check, _LAW)


def none_public(*codes: str) -> Guard:
    """A guard: no copy is public."""

    def check(facts: Any) -> str:
        words = _now("公开文本仍在公开，请先在文书页面撤下。")
        return words if is_public(facts, *codes) else ""

    return Guard("not_public", check, _LAW)


def was_public(*codes: str) -> Guard:
    """A guard: some copy was public at some time."""

    def check(facts: Any) -> str:
        papers = Publication.objects.filter(
            document__matter=facts.matter.pk, document__code__in=codes
        )
        return "" if papers.exists() else _now("没有公开过，无须撤回。")

    return Guard("was_public", check)


def _all_public(*codes: str) -> Guard:
    """A guard: what was made since the last registration is public; where nothing was, something is."""

    def check(facts: Any) -> str:
        due = _due(facts, codes)
        public = set(_public(facts.matter.pk, codes).values_list("document", flat=True))
        hidden = [each for each in due if each.pk not in public]
        if hidden:
            words = _now("请先在“%(paper)s”页面公开经隐去个人信息的文本，再登记。")
            return words % {"paper": hidden[0].title}
        return "" if public else _now("请先在文书页面公开经隐去个人信息的文本，再登记。")

    return Guard("public", check, _LAW)


def publish_form(papers: tuple[Document, ...]) -> type[MatterForm]:
    """Since when each paper is public; nothing is asked. The day of the first is ``published_on``, that of another
    ``<code>_published_on``."""
    names = {f"{each.code}_published_on": each for each in papers[1:]}
    names = {"published_on": papers[0], **names}

    def known(form: Any, *args: Any, **more: Any) -> None:
        MatterForm.__init__(form, *args, **more)
        for name, paper in names.items():
            form.initial[name] = public_since(form.matter.pk, paper.code)

    fields = {name: _public_day(paper.title) for name, paper in names.items()}
    doc = "Which copies are public; nothing is asked."
    return type("PublishForm", (MatterForm,), {**fields, "__init__": known, "__doc__": doc})


def _public_day(title: Any) -> forms.DateField:
    hint = _("按已公开的脱敏文本自动填写；还空着的，请先在该文书页“公开脱敏文本”。")
    label = lazy(lambda: _now("公开日期：%(paper)s") % {"paper": title}, str)()
    return forms.DateField(label=label, help_text=hint, widget=_DAY, required=False, disabled=True)


def publicity(
    papers: tuple[Document, ...], sources: tuple[str, ...], who: Who, asks: type[Any], about: Any
) -> tuple[Step, ...]:
    """Register that they are public, or why not, or that they were withdrawn; in ``sources``, staying there. asks: the
    form of a reason. about: what the law asks to be published, by when."""
    codes = tuple(each.code for each in papers)
    return (
        Step("publish", _("登记信息公开"), sources, "", who, form=publish_form(papers), guards=(_all_public(*codes),), about=about),
        Step("not_published", _("不予公开"), sources, "", who, form=asks, guards=(none_public(*codes),),
             about=_("涉及国家秘密、商业秘密、个人隐私，公开后可能危及公共安全或者影响系列案件调查处理等依法不得公开的，写明情形；不公开的理由须在公开期限内报同级司法行政部门备案。")),
        Step("unpublish", _("登记撤回公开"), sources, "", who, form=asks, guards=(was_public(*codes), none_public(*codes))),
    )  # fmt: skip
