"""The figures that are not nothing, and whether counting anew finds the same rows."""

from __future__ import annotations

from typing import Any


def figures(period: str = "2026") -> dict[str, Any]:
    """Code → figure of a period, of all acts there are."""
    from zhihuan.indicators.catalogue import indicators, shares
    from zhihuan.indicators.models import CountedAct
    from zhihuan.indicators.periods import Period
    from zhihuan.indicators.reckoning import reckoned, share_of

    told = reckoned(CountedAct.objects.all(), indicators(), Period.parse(period))
    told |= {each.code: share_of(each, told) for each in shares()}
    return {code: each.now for code, each in told.items() if each.now}


def kept() -> list[tuple[Any, ...]]:
    """All rows, but for their keys."""
    from zhihuan.indicators.models import CountedAct

    fields = [each.attname for each in CountedAct._meta.concrete_fields if each.name != "id"]
    return list(CountedAct.objects.order_by("event", "acts").values_list(*fields))


def counts_the_same_anew() -> None:
    """What was kept step by step is what the events tell when all is counted anew, and so are the sums over it."""
    from zhihuan.indicators.keeping import recount_all
    from zhihuan.indicators.models import ActSum, CountedAct

    assert differing() == []
    before = kept()
    CountedAct.objects.all().delete()
    ActSum.objects.all().delete()
    assert sum(recount_all()) > 0
    assert kept() == before
    assert differing() == []


def differing() -> list[Any]:
    """Where sums of acts or of matters are not what a count gives."""
    from zhihuan.bureau.sums.making import differences
    from zhihuan.web.platform.sum_jobs import every_sum

    return [found for each in every_sum() for found in differences(each)]
