"""What the page of a clue says first: the contradiction in one sentence, by which rule, with which consequence, and
its evidence in one click."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.vault.actions import EXPORT
from zhihuan.bureau.vault.models import Evidence
from zhihuan.lines.clues.actions import ADD_INFORMANT
from zhihuan.lines.clues.consequence import basis_of
from zhihuan.lines.clues.models import Clue
from zhihuan.lines.clues.procedure import CLUE
from zhihuan.lines.clues.rule_words import rule_words
from zhihuan.web.clues.clue_list import VIEW
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.matters.parts import register_lead

__all__ = ["lead_of", "register"]


def register() -> None:
    """Once, when the web app starts."""
    register_lead("clues/_lead.html", lead_of)


def lead_of(request: HttpRequest, matter: Matter) -> dict[str, Any] | None:
    """None for what is no clue, and for a clue of which nothing was said yet."""
    if matter.procedure != CLUE.code:
        return None
    clue = Clue.objects.select_related("branch").filter(pk=matter.pk).first()
    if clue is None or not clue.contradiction:
        return None
    pieces = Evidence.objects.filter(matter=matter.pk, withdrawn_at__isnull=True).count()
    return {
        "clue": clue,
        "terms": list(_terms(clue)),
        "pieces": pieces,
        "may_export": bool(pieces) and may(request.user, EXPORT, matter),
        "informants_url": _informants_url(request.user, clue),
        "similar_url": _similar_url(request.user, clue),
    }


def _terms(clue: Clue) -> list[Term]:
    return [
        Term(_("线索编号"), clue.number, Kind.CODE),
        Term(_("来源"), clue.get_source_display(), note=clue.get_channel_display() if clue.channel else ""),
        Term(_("发现时间"), clue.found_at, Kind.MOMENT),
        _rule(clue),
        Term(_("分级"), clue.get_tier_display() if clue.tier else "", reason=_("尚未研判")),
        Term(
            _("法律后果类别"),
            clue.get_consequence_display() if clue.consequence else "",
            note=basis_of(clue.consequence, timezone.localdate(clue.opened_at)),
            reason=_("尚未研判"),
        ),
        Term(_("承办分局"), clue.branch, reason=_("尚未派发")),
        Term(_("核查结论"), clue.get_finding_display() if clue.finding else "", reason=_("尚未核查")),
        Term(_("处理结果"), clue.get_outcome_display() if clue.outcome else "", reason=_("尚未处理")),
    ]  # fmt: skip


def _rule(clue: Clue) -> Term:
    """The rule by its title, with what it means and rests on; its code for whoever asks the one who wrote it."""
    if not clue.rule:
        return Term(_("发现规则"), "", reason=_("人工登记"))
    told = rule_words(clue.rule)
    basis = _("依据：%(basis)s。") % {"basis": told.basis} if told.basis else ""
    version = f"{clue.rule} {clue.rule_version}".strip()
    return Term(_("发现规则"), told.title, note=f"{told.about}{basis}（{version}）")


def _informants_url(user: Any, clue: Clue) -> str:
    """Only complaints have any, and only for the desk."""
    is_reported = clue.source == Clue.Source.COMPLAINT
    shown = is_reported and may(user, ADD_INFORMANT, clue)
    return reverse("clue-informants", args=[clue.pk]) if shown else ""


def _similar_url(user: Any, clue: Clue) -> str:
    """The pool's open clues of the same body, to merge with; "" where it names none."""
    if not clue.party_name or clue.ended_at is not None or not may(user, VIEW):
        return ""
    from urllib.parse import urlencode

    return f"{reverse('clues')}?{urlencode({'q': clue.party_name})}"
