"""What a verification says of manual data, and whether that may stand beside its outcome.

Where nothing is known, nothing is asked ("none" stands). Where something is, whoever verifies follows it or says why not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.exceedance.manual.beside import Beside, beside
from zhihuan.bureau.exceedance.manual.known import Known, known_of
from zhihuan.bureau.exceedance.manual.words import reported, sentence_of
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.exceedance.refusals import RefusedError

__all__ = ["Answer", "Considered", "consider"]


class Answer(models.TextChoices):
    """Of whoever verifies."""

    NONE = "none", gettext_lazy("没有，或者不掌握")
    FOLLOWED = "followed", gettext_lazy("有，已按手工监测数据认定")
    DEPARTED = "departed", gettext_lazy("有，没有采用（写明理由）")


@dataclass(frozen=True, slots=True)
class Considered:
    """why: of whoever did not follow manual data."""

    answer: str = Answer.NONE
    why: str = ""


def consider(episode: Episode, outcome: str, told: Considered) -> dict[str, Any]:
    """What stands beside the verification in the course. Raises RefusedError with what to do, the store's errors where results
    must be compared and it does not answer."""
    known = known_of(episode)
    if told.answer not in Answer.values:
        raise RefusedError(_("请选择同一时段有没有手工监测。"))
    if told.answer == Answer.DEPARTED and not told.why.strip():
        raise RefusedError(_("没有采用手工监测数据的，请写明理由。"))
    if known and told.answer == Answer.NONE:
        raise RefusedError(_there_is_some(known))
    found = beside(episode, known.results)
    if told.answer == Answer.FOLLOWED:
        _refuse_followed(known, found, outcome, told.why)
    return {
        "answer": str(told.answer),
        "why": told.why.strip()[:1000],
        "words": [sentence_of(each) for each in found.held],
        "results": [each.pk for each in known.results],
        "pending": [each.code for each in known.pending],
    }


def _there_is_some(known: Known) -> str:
    named = [reported(each) for each in known.results]
    named += [_("样品 %(code)s") % {"code": each.code} for each in known.pending]
    words = _(
        "该时段有手工监测：%(named)s。请选择已按其认定，或者没有采用并写明理由；只有样品的，请先录入报告的结果。"
    )
    return words % {"named": "；".join(named)}


def _refuse_followed(known: Known, found: Beside, outcome: str, why: str) -> None:
    if not known.results:
        raise RefusedError(_("还没有录入手工监测结果；请先录入，或者选择没有采用并写明理由。"))
    if known.pending and not why.strip():
        codes = "、".join(each.code for each in known.pending)
        words = _("样品 %(codes)s 的结果没有录入；请先录入，或者在理由中写明为何不等其结果。")
        raise RefusedError(words % {"codes": codes})
    if outcome == Episode.Outcome.TRUE and found.clears_all:
        raise RefusedError(
            _("各超标时段的手工监测都未超过限值，以其为准时不能核实为属实；不采用的，请写明理由。")
        )
    if outcome == Episode.Outcome.FALSE_ALARM and found.exceeds:
        raise RefusedError(
            _("手工监测也超过限值，以其为准时不能核实为误报；不采用的，请写明理由。")
        )
