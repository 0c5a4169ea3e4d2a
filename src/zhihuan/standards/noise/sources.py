"""Environmental noise of zones and of sources at their boundary, judged by the standard of each.

    >>> from datetime import date
    >>> industrial_boundary(52.0, "2", "night", on=date(2026, 3, 1), peak=62.5).verdict
    array(0, dtype=int8)

Four rules in one form: limit of the zone and period; a lower one where the measurement had to go
indoors; at night (and for unsteady indoor sources) a peak that may pass the limit by so much.
They refuse implausible levels and unknown zones. Measured levels of sources are corrected for
background and rounded first: ``background.emission_level``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days, numbers_on
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.noise.judgement import LevelJudgement, verdicts
from zhihuan.standards.noise.limits import limits_of, refuse_unknown
from zhihuan.standards.noise.periods import is_night
from zhihuan.standards.parameters import parameter

__all__ = ["construction_site", "functional_zone", "industrial_boundary", "social_life_boundary"]

Floats = NDArray[np.float64]
Names = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which packaged quantities a standard's judgement takes. day_peaks: peaks count by day too."""

    title: str
    limits: str
    events: dict[str, str]
    reduction: str = ""
    peaks_indoors_only: bool = False
    day_peaks: bool = False


_ZONE = _Rule("声环境功能区评价", "functional_zone_limits", {"burst": "night_burst_excess"})
_RAILWAY = _Rule("既有铁路干线两侧背景噪声评价", "existing_railway_limits", {})
_INDUSTRIAL = _Rule(
    "工业企业厂界噪声评价",
    "industrial_boundary_limits",
    {
        "frequent": "industrial_frequent_event_excess",
        "occasional": "industrial_occasional_event_excess",
    },
    "industrial_indoor_reduction",
)
_SOCIAL = _Rule(
    "社会生活噪声边界评价",
    "social_life_limits",
    {"unsteady": "social_life_indoor_event_excess"},
    "social_life_indoor_reduction",
    peaks_indoors_only=True,
    day_peaks=True,
)
_SITE = _Rule(
    "建筑施工场界噪声评价",
    "construction_limits",
    {"night": "construction_night_event_excess"},
    "construction_indoor_reduction",
)


def functional_zone(  # noqa: PLR0913 - one argument a datum
    level: ArrayLike,
    zone: ArrayLike,
    period: ArrayLike,
    *,
    on: When,
    peak: ArrayLike = np.nan,
    existing_railway: bool = False,
    edition: str | None = None,
) -> LevelJudgement:
    """Whether Ld or Ln of a place keeps the limit of its functional zone.

    level [dB(A)]: Ld or Ln, NaN cannot be judged; zone: ``0 1 2 3 4a 4b``; period: day/night,
    昼间/夜间; peak [dB(A)]: Lmax of a sudden noise at night, NaN for none; existing_railway: the
    background limits beside old lines (class 4b). All broadcast with ``on``.
    Raises InputRefusedError, OutsideEditionsError, UnknownEditionError.

    Source: GB 3096-2008, 5.1 table 1, 5.3, 5.4 (from 2008-10-01). Compared unrounded.

    >>> functional_zone([56.2, 41.0], "1", ["day", "night"], on=np.datetime64("2026-03-01")).verdict
    array([0, 1], dtype=int8)
    """
    rule = _RAILWAY if existing_railway else _ZONE
    event = "" if existing_railway else "burst"
    return _judged(rule, level, zone, period, on, peak, event, False, edition)


def industrial_boundary(  # noqa: PLR0913 - one argument a datum
    level: ArrayLike,
    zone: ArrayLike,
    period: ArrayLike,
    *,
    on: When,
    peak: ArrayLike = np.nan,
    event: ArrayLike = "frequent",
    indoors: ArrayLike = False,
    edition: str | None = None,
) -> LevelJudgement:
    """Whether noise at an industrial boundary keeps its limit.

    level [dB(A)]: emission level (background corrected); zone: ``0 1 2 3 4`` (4a and 4b are 4);
    peak: Lmax at night [dB(A)], NaN for none; event: ``frequent`` (10 dB allowed) or
    ``occasional`` (15 dB); indoors: measured indoors since a sensitive building stands closer than
    1 m: the limit is 10 dB lower. All broadcast with ``on``.
    Raises InputRefusedError, OutsideEditionsError, UnknownEditionError.

    Source: GB 12348-2008, 4.1.1 table 1, 4.1.2, 4.1.3, 4.1.5 (from 2008-10-01).
    """
    return _judged(_INDUSTRIAL, level, zone, period, on, peak, event, indoors, edition)


def social_life_boundary(  # noqa: PLR0913 - one argument a datum
    level: ArrayLike,
    zone: ArrayLike,
    period: ArrayLike,
    *,
    on: When,
    peak: ArrayLike = np.nan,
    indoors: ArrayLike = False,
    edition: str | None = None,
) -> LevelJudgement:
    """Whether noise of a place of business or entertainment keeps its limit.

    As ``industrial_boundary``; a peak counts for unsteady noise measured indoors only, by day and
    night (10 dB allowed).
    Source: GB 22337-2008, 4.1.1 table 1, 4.1.3, 4.2.2 (from 2008-10-01).
    """
    return _judged(_SOCIAL, level, zone, period, on, peak, "unsteady", indoors, edition)


def construction_site(  # noqa: PLR0913 - one argument a datum
    level: ArrayLike,
    period: ArrayLike,
    *,
    on: When,
    peak: ArrayLike = np.nan,
    indoors: ArrayLike = False,
    edition: str | None = None,
) -> LevelJudgement:
    """Whether noise at the boundary of a construction site keeps its limit.

    level [dB(A)]: Leq of 20 min; peak: Lmax at night [dB(A)] (15 dB allowed); indoors: measured
    in the building, the limit is 10 dB lower. All broadcast with ``on``.

    Source: GB 12523-2011, 4.1 to 4.3 (2012-07-01 to 2025-12-31); GB 12523-2025 (from 2026-01-01,
    the numbers **unconfirmed**: taken as unchanged).

    >>> days = np.array(["2025-12-31", "2026-01-01"], dtype="datetime64[D]")
    >>> construction_site(56.0, "night", on=days).limit
    array([55., 55.])
    """
    return _judged(_SITE, level, "site", period, on, peak, "night", indoors, edition)


def _judged(  # noqa: PLR0913, PLR0917 - one argument a datum
    rule: _Rule,
    level: ArrayLike,
    zone: ArrayLike,
    period: ArrayLike,
    on: When,
    peak: ArrayLike,
    event: ArrayLike,
    indoors: ArrayLike,
    edition: str | None,
) -> LevelJudgement:
    levels, zones, night, days, peaks, events, inside = np.broadcast_arrays(
        np.asarray(level, dtype=np.float64),
        np.asarray(zone, dtype=np.str_),
        is_night(period),
        as_days(on),
        np.asarray(peak, dtype=np.float64),
        np.asarray(event, dtype=np.str_),
        np.asarray(indoors, dtype=bool),
    )
    refuse_bad([("noise/level", levels), ("noise/level", peaks)])
    limit = limits_of(parameter(f"noise/{rule.limits}"), zones, night, days, edition=edition)
    bases = [("限值", np.full(levels.shape, f"noise/{rule.limits}"))]
    if inside.any():
        names = np.where(inside, f"noise/{rule.reduction}", "")
        limit = limit - _numbers(names, days, edition)
        bases.append(("室内测量时限值的减少量", names))
    names = _allowances(rule, night, inside, peaks, events)
    excess = _numbers(names, days, edition)
    peak_limit = np.where(names == "", np.nan, limit + excess)
    bases.append(("最大声级允许超过的幅度", names))
    return LevelJudgement(
        title=rule.title,
        level=levels,
        limit=limit,
        excess=np.asarray(levels - limit),
        peak=peaks,
        peak_limit=peak_limit,
        verdict=verdicts(levels, limit, peaks, peak_limit),
        zone=zones,
        night=night,
        days=days,
        bases=tuple(bases),
        edition=edition,
    )


def _allowances(
    rule: _Rule, night: NDArray[np.bool_], inside: NDArray[np.bool_], peaks: Floats, events: Names
) -> Names:
    """The name of the quantity that allows each peak its excess; "" where no peak is judged."""
    counts = ~np.isnan(peaks) & (night | rule.day_peaks) & (inside | (not rule.peaks_indoors_only))
    names = np.full(events.shape, "", dtype="U64")
    known = np.zeros(events.shape, dtype=bool)
    for event, quantity in rule.events.items():
        known |= events == event
        names[events == event] = f"noise/{quantity}"
    refuse_unknown(events, known | ~counts, "噪声事件", " ".join(rule.events) or "（不评价）")
    names[~counts] = ""
    return names


def _numbers(names: Names, days: Days, edition: str | None) -> Floats:
    """The number each named quantity has on its day; 0 where no quantity is named."""
    values = np.zeros(names.shape)
    for name in np.unique(names):
        here = names == name
        if name:
            values[here] = numbers_on(parameter(str(name)), days[here], edition=edition)
    return values
