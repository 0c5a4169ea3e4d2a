"""A clue of what a machine found: registered once, with its extracts frozen in the vault, in one transaction.

    clue = raise_clue(occurrence, by=officer, why="反复超标")

Where somebody raised it, they register it; where the platform did by its rules, the platform. Raising the same
again gives the clue there is.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.matters.engine.acting import Acting, Said
from zhihuan.bureau.matters.engine.refusals import AlreadyOpenedError
from zhihuan.bureau.matters.engine.taking import open_matter, take
from zhihuan.bureau.registry.models import MonitoringPoint
from zhihuan.bureau.vault.evidence.adding import add_evidence
from zhihuan.bureau.vault.keeping import keep_made
from zhihuan.lines.clues.extract import extracts_of
from zhihuan.lines.clues.models import Clue
from zhihuan.lines.clues.occurrence import Occurrence

__all__ = ["freeze", "raise_clue"]


@transaction.atomic
def raise_clue(
    occurrence: Occurrence, by: Any = None, why: str = "", *, address: str = "", at: Any = None
) -> Clue:
    """The clue, registered and frozen. by: None for the platform. at: when, now unless told.

    Raises StepRefusedError where ``by`` may not register it, the store's errors where it cannot be read;
    nothing has happened then.
    """
    acting = Acting(by, address, at=at)
    point = MonitoringPoint.objects.select_related("town", "site__enterprise").get(
        code=occurrence.point
    )
    try:
        with transaction.atomic():
            clue = open_matter("clue", acting, **_about(occurrence, point))
    except AlreadyOpenedError as error:
        return Clue.objects.get(pk=error.matter.pk)
    step = "log" if by is None else "register"
    take(clue, step, acting, Said(_said(occurrence, why)), version=clue.version)
    kept = Clue.objects.get(pk=clue.pk)
    freeze(kept, occurrence, acting)
    return kept


def freeze(clue: Clue, occurrence: Occurrence, acting: Acting) -> None:
    """Put what the clue rests on into its vault, as it is now: later data and changed limits leave it as
    it is. Source: 部令第30号 §30 (automatic monitoring data as evidence); raw records are kept five years (生态环境监测条例 §26).
    """
    said = {
        "kind": "electronic",
        "obtained": "exported",
        "origin": _("平台数据库，自动提取"),
        "taken_at": acting.moment(),
    }
    for each in extracts_of(occurrence, clue.number):
        stored = keep_made(each.content, each.name, actor=acting.actor)
        add_evidence(clue, stored, acting, title=each.title[:200], **said)
    for paper in occurrence.papers:
        add_evidence(clue, paper.file, acting, **paper.said)


def _about(occurrence: Occurrence, point: MonitoringPoint) -> dict[str, Any]:
    enterprise = point.site.enterprise if point.site else None
    return {
        "title": occurrence.title[:200],
        "party": enterprise,
        "town": point.town,
        "synthetic": point.synthetic,
        "submission": occurrence.submission,
        "rule": occurrence.rule,
        "rule_version": occurrence.rule_version,
        "score": occurrence.score,
        "tier": occurrence.tier,
        "consequence": occurrence.consequence,
        "occurrence": occurrence.as_values(),
    }


def _said(occurrence: Occurrence, why: str) -> dict[str, Any]:
    """What the form of registering is told."""
    found_at = timezone.localtime(occurrence.found_at).replace(tzinfo=None, microsecond=0)
    return {
        "source": occurrence.source,
        "found_at": found_at.isoformat(),
        "contradiction": occurrence.sentence,
        "what": why,
        "late_reason": why or _("异常须先经企业说明与核实"),
    }
