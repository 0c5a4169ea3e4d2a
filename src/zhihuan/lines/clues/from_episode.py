"""An episode of exceedance becomes a clue: what ``bureau.exceedance`` raises, said as an occurrence.

The bureau's room knows nothing of clues; this listens at its port. Tiers: one family of evidence (the values alone) is B,
where a branch verified it too it is A.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.exceedance.rising import Raised, became
from zhihuan.hj212.codes import factor as look_up
from zhihuan.lines.clues.models import Clue
from zhihuan.lines.clues.occurrence import Occurrence
from zhihuan.lines.clues.raising import raise_clue

__all__ = ["occurrence_of", "open_clue"]


def open_clue(raised: Raised) -> None:
    """Called for each episode that goes up, in the transaction that raises it."""
    found = occurrence_of(raised.episode, is_verified=raised.by is not None)
    became(raised.episode, raise_clue(found, raised.by, raised.why))


def occurrence_of(episode: Episode, *, is_verified: bool) -> Occurrence:
    """What an episode says, for the pool. Reads its point."""
    point = episode.point
    words = {"point": point.name, "factor": _factor(episode.factor)[0]}
    return Occurrence(
        key=f"exceedance.episode:{episode.pk}",
        title=_("%(point)s%(factor)s超标") % words,
        point=point.code,
        factors=(episode.factor,),
        since=episode.first_at,
        until=episode.end_at,
        found_at=episode.found_at,
        sentence=_sentence(episode),
        rule=f"exceedance_{episode.span}",
        source=Clue.Source.ALARM,
        parameters=_parameters(episode),
        derivation=episode.derivation,
        excuses={_("企业标记与工况"): _marked(episode)},
        consequence="L4",
        tier=Clue.Tier.A if is_verified else Clue.Tier.B,
    )


def _factor(code: str) -> tuple[str, str]:
    """Name and unit; the code and no unit where no table knows it."""
    known = look_up(code)
    return (known.name, known.unit) if known else (code, "")


def _sentence(episode: Episode) -> str:
    """The contradiction with its numbers, at most 300 characters."""
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
    return told[:300]


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
