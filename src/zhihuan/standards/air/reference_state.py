"""The state a concentration is counted at: before and after 2018-09-01, and from mixing ratios.

    >>> from datetime import date
    >>> restated_gas([100.0], measured_on=date(2018, 8, 31), edition="GB 3095-2026").round(3)
    array([91.615])
    >>> round(float(from_ppb(50, "O3", edition="GB 3095-2026")), 2)
    98.09

Gases were counted at 273.15 K until 2018-08-31 and are counted at 298.15 K since, both at 101 325 Pa:
the same air has 8.4 % less µg in a m³. Particles went from that state to the air's own temperature
and pressure on the same day, so restating them needs both. It refuses to restate particles without
them, and it refuses to round.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from zhihuan.standards.air.law import governing
from zhihuan.standards.air.plausible import refuse_negative
from zhihuan.standards.dated import Days, When, as_days
from zhihuan.standards.decimal_floats import decimal_floats
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.parameters import Edition, parameter

__all__ = [
    "MOLAR_MASSES",
    "from_ppb",
    "restated_gas",
    "restated_particles",
    "state_changes_within",
    "to_ppb",
]

Floats = NDArray[np.float64]

_GAS_STATE = "air/reference_state"
_PARTICLE_STATE = "air/particle_state"
_GAS_CONSTANT = 8.314462618  # J/(mol·K), CODATA 2018
_ICE_POINT_K = 273.15
# g/mol, from the conventional atomic weights; NOX is counted as NO2
MOLAR_MASSES: Mapping[str, float] = MappingProxyType(
    {"SO2": 64.058, "NO2": 46.005, "NO": 30.006, "NOX": 46.005, "CO": 28.010, "O3": 47.997}
)
_UG_PER_UNIT = MappingProxyType({"CO": 1000.0})  # CO is in mg/m³


def from_ppb(
    ppb: ArrayLike, pollutant: str, *, on: When | None = None, edition: str | None = None
) -> Floats:
    """Concentration of a gas at the reference state [µg/m³; CO mg/m³] from a mixing ratio [ppb].

    ppb: nmol/mol, any shape that broadcasts with ``on``, which chooses the state (or ``edition``).
    NaN stays NaN. Raises KeyError for another gas, InputRefusedError for a negative or infinite value.
    Source: ideal gas; state by GB 3095-2012, 3.14, its amendment (2018-09-01), GB 3095-2026, 3.14.
    """
    volume = _molar_volume_l(on, edition)
    unit = _UG_PER_UNIT.get(pollutant, 1.0)
    return np.asarray(_amounts(ppb) * _molar_mass(pollutant) / volume / unit)


def to_ppb(
    concentrations: ArrayLike,
    pollutant: str,
    *,
    on: When | None = None,
    edition: str | None = None,
) -> Floats:
    """Mixing ratio [ppb] of a gas from its concentration [µg/m³; CO mg/m³]; undoes ``from_ppb``."""
    volume = _molar_volume_l(on, edition)
    unit = _UG_PER_UNIT.get(pollutant, 1.0)
    values = _amounts(concentrations)
    return np.asarray(values * unit * volume / _molar_mass(pollutant))


def restated_gas(
    concentrations: ArrayLike,
    *,
    measured_on: When,
    on: When | None = None,
    edition: str | None = None,
) -> Floats:
    """Gas concentrations at the state of their own day, counted at another's.

    concentrations: any unit per m³, none negative. measured_on: the days they were counted on; on or edition: the
    state wanted (``GB 3095-2012`` for 273.15 K, ``GB 3095-2026`` for 298.15 K).
    Source: ideal gas, c₂ = c₁·(p₂/T₂)/(p₁/T₁); states as ``from_ppb``.
    """
    before, after = _density(_gas_state(measured_on, None)), _density(_gas_state(on, edition))
    return np.asarray(_amounts(concentrations) * (after / before))


def restated_particles(  # noqa: PLR0913 - two of them choose the edition
    concentrations: ArrayLike,
    *,
    celsius: ArrayLike,
    pascal: ArrayLike,
    measured_on: When,
    on: When | None = None,
    edition: str | None = None,
) -> Floats:
    """Particle concentrations counted at the state of another day's rule.

    celsius [°C], pascal [Pa]: of the air while sampling. Else as ``restated_gas``. Where both
    rules count alike the values come back unchanged. Raises InputRefusedError for kelvin, kPa or hPa.
    Source: GB 3095-2012, 3.14 (standard state), its amendment and GB 3095-2026, 4.3 (actual state).
    """
    refuse_bad([("air/sampling_celsius", celsius), ("air/sampling_pascal", pascal)])
    actual = decimal_floats(pascal) / (decimal_floats(celsius) + _ICE_POINT_K)
    before = _particle_density(actual, measured_on, None)
    after = _particle_density(actual, on, edition)
    return np.asarray(_amounts(concentrations) * (after / before))


def state_changes_within(days: When) -> Days:
    """The days on which the state of gases changes inside a series, sorted; empty for none.

    A series that straddles one is two series: restate one part before comparing them.

    >>> state_changes_within(np.array(["2018-01-01", "2019-01-01"], dtype="datetime64[D]"))
    array(['2018-09-01'], dtype='datetime64[D]')
    """
    series = as_days(days)
    editions = parameter(_GAS_STATE).editions
    changes = [
        later.in_force_from for earlier, later in pairwise(editions) if earlier.value != later.value
    ]
    marks = np.array(changes, dtype="datetime64[D]")
    if not series.size:
        return marks[:0]
    return np.asarray(marks[(marks > series.min()) & (marks <= series.max())])


def _amounts(values: ArrayLike) -> Floats:
    refuse_negative(amounts := decimal_floats(values))
    return amounts


def _gas_state(on: When | None, edition: str | None) -> tuple[Floats, Floats]:
    law = governing(_GAS_STATE, decides="参比状态", on=on, edition=edition)
    return law.numbers(_kelvin), law.numbers(_pascal)


def _density(state: tuple[Floats, Floats]) -> Floats:
    kelvin, pascal = state
    return np.asarray(pascal / kelvin)


def _particle_density(actual: Floats, on: When | None, edition: str | None) -> Floats:
    rule = governing(_PARTICLE_STATE, decides="颗粒物的状态", on=on, edition=edition)
    is_actual = rule.numbers(lambda found: float(found.text == "actual")) > 0
    standard = _density(_gas_state(on, edition))
    return np.asarray(np.where(is_actual, actual, standard))


def _molar_volume_l(on: When | None, edition: str | None) -> Floats:
    return 1000.0 * _GAS_CONSTANT / _density(_gas_state(on, edition))


def _kelvin(edition: Edition) -> float:
    return float(str(edition.table["kelvin"]))


def _pascal(edition: Edition) -> float:
    return float(str(edition.table["pascal"]))


def _molar_mass(pollutant: str) -> float:
    if pollutant not in MOLAR_MASSES:
        raise KeyError(f"{pollutant!r} is no gas with a molar mass here: {', '.join(MOLAR_MASSES)}")
    return MOLAR_MASSES[pollutant]
