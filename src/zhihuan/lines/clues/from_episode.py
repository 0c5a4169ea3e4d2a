"""An episode of exceedance becomes a clue: what ``bureau.exceedance`` raises, said as an occurrence.

The bureau's room knows nothing of clues; this listens at its port. Tiers: one family of evidence (the values alone) is B,
where a branch verified it too it is A.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.exceedance.manual.carrying import Carried, carried_of
from zhihuan.bureau.exceedance.manual.entering import said_of_report
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.exceedance.rising import Raised, became
from zhihuan.hj212.codes import factor as look_up
from zhihuan.lines.clues.models import Clue
from zhihuan.lines.clues.occurrence import Occurrence, Paper
from zhihuan.lines.clues.raising import raise_clue

__all__ = ["occurrence_of", "open_clue"]

_LONGEST = 300


def open_clue(raised: Raised) -> None:
    """Called for each episode that goes up, in the transaction that raises it."""
    found = occurrence_of(raised.episode, is_verified=raised.by is not None)
    became(raised.episode, raise_clue(found, raised.by, raised.why))


def occurrence_of(episode: Episode, *, is_verified: bool) -> Occurrence:
    """What an episode says, for the pool. Reads its point, and its manual results beside the store's hours."""
    point, manual = episode.point, carried_of(episode)
    words = {"point": point.name, "factor": _factor(episode.factor)[0]}
    return Occurrence(
        key=f"exceedance.episode:{episode.pk}",
        title=_("%(point)s%(factor)s超标") % words,
        point=point.code,
        factors=(episode.factor,),
        since=episode.first_at,
        until=episode.end_at,
        found_at=episode.found_at,
        sentence=_sentence(episode, manual),
        rule=f"exceedance_{episode.span}",
        source=Clue.Source.ALARM,
        parameters=_parameters(episode),
        derivation=manual.into(episode.derivation),
        manual=manual.rows(),
        papers=_papers(manual),
        excuses={
            _("企业标记与工况"): _marked(episode),
            _("同一时段的手工监测"): "；".join(manual.lines()) or _("平台内没有"),
        },
        consequence="L4",
        tier=Clue.Tier.A if is_verified else Clue.Tier.B,
    )


def _factor(code: str) -> tuple[str, str]:
    """Name and unit; the code and no unit where no table knows it."""
    known = look_up(code)
    return (known.name, known.unit) if known else (code, "")


def _sentence(episode: Episode, manual: Carried) -> str:
    """The contradiction with its numbers, at most 300 characters; what manual monitoring said is not cut off."""
    name, unit = _factor(episode.factor)
    words = _(
        "%(name)s%(span)s最高 %(value)s %(unit)s，限值 %(limit)s（%(basis)s），"
        "自 %(since)s 起 %(periods)d 个时段超标，扣除标记后仍有 %(standing)d 个。"
    )
    told = words % {
        "name": name,
        "span": episode.get_span_display(),
        "value": f"{episode.worst_value:.6g}",
        "unit": unit,
        "limit": episode.limit_words,
        "basis": episode.basis,
        "since": f"{timezone.localtime(episode.first_at):%Y-%m-%d %H:%M}",
        "periods": episode.periods,
        "standing": episode.standing,
    }
    return told[: _LONGEST - len(manual.short)] + manual.short


def _papers(manual: Carried) -> list[Paper]:
    """The reports, each once however many results it has."""
    by_file = {each.report_id: each for each in reversed(manual.results)}
    return [Paper(each.report, said_of_report(each)) for each in by_file.values()]


def _marked(episode: Episode) -> str:
    words = _("%(count)d 个超标时段已标记，未计入")
    return words % {"count": episode.periods - episode.standing}


def _parameters(episode: Episode) -> dict[str, Any]:
    return {
        "multiple": episode.multiple,
        "excess": episode.excess,
        "large": episode.large,
        "repeated": episode.repeated,
        "late_mark": episode.late_mark,
    }
