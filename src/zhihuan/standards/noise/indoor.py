"""Structure-borne noise of fixed equipment in rooms: equivalent level and five octave bands.

    >>> from datetime import date
    >>> judged = indoor_structure_borne(34.0, "1", "A", "night", on=date(2026, 3, 1))
    >>> int(judged.verdict), float(judged.limit)
    (0, 30.0)

Rooms of type A are for sleep (bedrooms, wards), of type B for daytime use (living rooms,
classrooms, offices). The level and every band given must keep its limit. It refuses other rooms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.dated import Days, When, as_days, spans_in_force
from zhihuan.standards.derivation import Basis, Derivation, Fact, Step
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.noise.judgement import CANNOT_BE_JUDGED, OVER, WITHIN
from zhihuan.standards.noise.limits import refuse_unknown
from zhihuan.standards.noise.periods import is_night
from zhihuan.standards.parameters import parameter

__all__ = ["INDOOR_BANDS_HZ", "IndoorJudgement", "indoor_structure_borne"]

Floats = NDArray[np.float64]
INDOOR_BANDS_HZ = ("31.5", "63", "125", "250", "500")
_SOURCES = {"industrial": "工业企业", "social_life": "社会生活噪声排放源"}


@dataclass(frozen=True, slots=True)
class IndoorJudgement:
    """Rooms judged, arrays of one shape; bands on a last axis of five (31.5 to 500 Hz).

    verdict: int8, 1 within, 0 over, −1 cannot be judged (no level and no band). excess, band_excess
    [dB]: level − limit, NaN where missing.
    """

    source: str
    level: Floats
    limit: Floats
    excess: Floats
    bands: Floats
    band_limits: Floats
    band_excess: Floats
    verdict: NDArray[np.int8]
    zone: NDArray[np.str_]
    room: NDArray[np.str_]
    night: NDArray[np.bool_]
    days: Days
    edition: str | None = None

    def derivation(self, index: int | tuple[int, ...] = ()) -> Derivation:
        """Why the room at ``index`` came out as it did, band by band."""
        at = index if isinstance(index, tuple) else (index,)
        words = {WITHIN: "达标", OVER: "超标", CANNOT_BE_JUDGED: "无法评价（缺少有效声级）"}
        place = f"{self.zone[at]} 类区 {self.room[at]} 类房间"
        period = "夜间" if self.night[at] else "昼间"
        names = [("等效声级", self.level[at], self.limit[at])] + [
            (f"{hz} Hz 倍频带", self.bands[(*at, n)], self.band_limits[(*at, n)])
            for n, hz in enumerate(INDOOR_BANDS_HZ)
        ]
        given = [(name, level, limit) for name, level, limit in names if not np.isnan(level)]
        return Derivation(
            title=f"{_SOURCES[self.source]}结构传播固定设备室内噪声评价",
            conclusion=f"{place}{period}{words[int(self.verdict[at])]}",
            basis=tuple(self._basis(at)),
            facts=tuple(Fact(name, f"{level:.10g}", "dB") for name, level, _ in given),
            steps=tuple(_step(*item) for item in given),
        )

    def _basis(self, at: tuple[int, ...]) -> list[Basis]:
        found = []
        for table, decides in (("leq", "等效声级限值"), ("octave", "倍频带声压级限值")):
            name = f"noise/{self.source}_indoor_{table}_limits"
            (span,) = spans_in_force(parameter(name), self.days[at], edition=self.edition)
            found.append(Basis.of(span.edition, decides=decides, forced=self.edition is not None))
        return found


def indoor_structure_borne(  # noqa: PLR0913 - one argument a datum
    level: ArrayLike,
    zone: ArrayLike,
    room: ArrayLike,
    period: ArrayLike,
    *,
    on: When,
    bands: ArrayLike | None = None,
    source: str = "industrial",
    edition: str | None = None,
) -> IndoorJudgement:
    """Whether structure-borne noise in a room keeps its limits, level and octave bands.

    level [dB(A)]: indoor Leq, NaN missing; zone: ``0 1 2 3 4 4a 4b`` of the building; room: ``A`` or
    ``B``; period: day/night, 昼间/夜间; all broadcast with ``on``. bands [dB]: (…, 5) of 31.5 to 500 Hz,
    NaN missing; source: ``industrial`` or ``social_life``.
    Raises InputRefusedError, OutsideEditionsError, UnknownEditionError.

    Source: GB 12348-2008 and GB 22337-2008, 4.2, tables 2 and 3 (from 2008-10-01). No rounding.
    """
    given = np.full(len(INDOOR_BANDS_HZ), np.nan) if bands is None else np.asarray(bands, float)
    levels, zones, rooms, night, days, _ = np.broadcast_arrays(
        np.asarray(level, dtype=np.float64),
        np.asarray(zone, dtype=np.str_),
        np.asarray(room, dtype=np.str_),
        is_night(period),
        as_days(on),
        given[..., 0],
    )
    spectrum = np.broadcast_to(given, (*levels.shape, len(INDOOR_BANDS_HZ)))
    refuse_bad([("noise/level", levels), ("noise/octave_level", spectrum)])
    limit, band_limits = _limits(source, (zones, rooms, night, days), edition)
    excess, band_excess = np.asarray(levels - limit), np.asarray(spectrum - band_limits)
    every = np.concatenate([excess[..., None], band_excess], axis=-1)
    with np.errstate(invalid="ignore"):
        over = (every > 0).any(axis=-1)
    nothing = np.isnan(every).all(axis=-1)
    verdict = np.where(over, OVER, np.where(nothing, CANNOT_BE_JUDGED, WITHIN)).astype(np.int8)
    return IndoorJudgement(
        source, levels, limit, excess, spectrum, band_limits, band_excess, verdict,
        zones, rooms, night, days, edition,
    )  # fmt: skip


_Places = tuple[NDArray[np.str_], NDArray[np.str_], NDArray[np.bool_], Days]


def _limits(source: str, places: _Places, edition: str | None) -> tuple[Floats, Floats]:
    zones, rooms, night, days = places
    limit = np.full(zones.shape, np.nan)
    bands = np.full((*zones.shape, len(INDOOR_BANDS_HZ)), np.nan)
    levels = parameter(f"noise/{source}_indoor_leq_limits")
    for span in spans_in_force(levels, days, edition=edition):
        for row in span.edition.rows:
            here = span.where & (zones == row["zone"]) & (rooms == row["room"])
            limit[here] = np.where(night[here], float(row["night"]), float(row["day"]))
    octaves = parameter(f"noise/{source}_indoor_octave_limits")
    for span in spans_in_force(octaves, days, edition=edition):
        for row in span.edition.rows:
            here = span.where & (zones == row["zone"]) & (rooms == row["room"])
            here &= night == (row["period"] == "night")
            bands[here] = [float(row[hz]) for hz in INDOOR_BANDS_HZ]
    refuse_unknown(rooms, np.isin(rooms, ["A", "B"]), "房间类型", "A B")
    refuse_unknown(zones, ~np.isnan(limit), "声环境功能区类别", "0 1 2 3 4 4a 4b")
    return limit, bands


def _step(name: str, level: float, limit: float) -> Step:
    over = bool(level > limit)
    return Step(
        name, f"{level:.10g} 对限值 {limit:g} dB", "超过" if over else "未超过", deciding=over
    )
