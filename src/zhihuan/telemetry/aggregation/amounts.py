"""Amounts of a period: volumes and masses, and the flow that belongs beside a concentration.

Two rows of one device meet here: a pollutant's and the flow's (w00000 sewage, a00000 flue gas).
The device's own ``Cou`` is used only where flow or concentration is missing: many loggers send a
running total or nothing there, and our figure is to be independent of theirs, so that a wrong one
shows.

Sources: HJ 212-2017, annex D, formulas (1)–(14) for sewage and (30)–(34) for flue gas, by the
functions of ``standards.wastewater`` and ``standards.flue_gas``. It refuses to guess units: a
factor whose unit is contested gets the sum of the device's amounts and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zhihuan.hj212.codes import factor as factor_of
from zhihuan.standards import flue_gas, wastewater
from zhihuan.telemetry.aggregation.members import Members, Periods

__all__ = [
    "FLUE_GAS_FLOW",
    "SEWAGE_FLOW",
    "Flow",
    "beside",
    "flue_gas_amounts",
    "mass_per_unit",
    "sewage_amounts",
    "sewage_volume",
]

SEWAGE_FLOW = "w00000"
FLUE_GAS_FLOW = "a00000"

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# grams in a mass unit; cubic metres in the volume a concentration is counted by
_GRAMS = {"kg": 1e3, "g": 1.0, "mg": 1e-3, "µg": 1e-6, "ng": 1e-9}
_CUBIC_METRES = {"m³": 1.0, "L": 1e-3}


@dataclass(frozen=True, slots=True)
class Flow:
    """What flowed: device [any integers], time [epoch s], amount of flow (m³ or m³/s: the
    caller's). Any order, one row per device and time."""

    device: Ints
    time: Ints
    amount: Floats


def beside(device: Ints, time: Ints, flow: Flow) -> Floats:
    """The flow's amount at the same device and time as each row; NaN where there is none."""
    if not len(flow.device) or not len(device):
        return np.full(len(device), np.nan)
    keys, wanted = _keys(flow, device, time)
    order = np.argsort(keys)
    keys = keys[order]
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, flow.amount[order][place], np.nan)


def sewage_volume(value_l_s: Floats, total_m3: Floats, seconds: Floats) -> Floats:
    """Volume of each member [m³]: mean flow × time (formulas (1), (5)), else the device's Cou."""
    by_flow = wastewater.volume_m3(value_l_s, seconds)
    return np.where(np.isfinite(by_flow), by_flow, total_m3)


def sewage_amounts(members: Members, per_unit: Floats) -> Members:
    """Members whose total is concentration × volume (formula (8)), where both are known.

    members: of pollutants, ``weight`` = volume [m³]. per_unit: mass units in one concentration
    unit × m³, per row (see mass_per_unit); NaN keeps the device's own amount.
    """
    counted = wastewater.amount_kg(members.value, members.weight) * 1000.0 * per_unit
    return replace(members, total=np.where(np.isfinite(counted), counted, members.total))


def flue_gas_amounts(hours: Periods, flow_m3_s: Floats, per_unit: Floats) -> Periods:
    """Hours whose total is mean concentration × the hour's flow (formulas (31), (33)).

    flow_m3_s: mean dry flow at standard state of the same hour [m³/s]. per_unit: mass units in
    one concentration unit × m³. NaN in either keeps the sum of the device's amounts.
    """
    volume = flow_m3_s * hours.length
    counted = flue_gas.amount_kg(hours.value, volume) * 1e6 * per_unit
    return replace(hours, total=np.where(np.isfinite(counted), counted, hours.total))


def mass_per_unit(code: str) -> float:
    """Mass units of a factor's Cou in one concentration unit × 1 m³; NaN when it has no mass, or
    when its unit is contested.

    COD: mg/L and kg: 1 mg/L × 1 m³ = 1 g = 0.001 kg.

    >>> mass_per_unit("w01018"), mass_per_unit("a21026"), mass_per_unit("w01001")
    (0.001, 1e-06, nan)
    """
    known = factor_of(code)
    if known is None or known.unit_contested or known.mass_unit not in _GRAMS:
        return float("nan")
    mass, _, volume = known.unit.replace("μ", "µ").partition("/")
    if mass not in _GRAMS or volume not in _CUBIC_METRES:
        return float("nan")
    return _GRAMS[mass] / _CUBIC_METRES[volume] / _GRAMS[known.mass_unit]


def _keys(flow: Flow, device: Ints, time: Ints) -> tuple[Ints, Ints]:
    """One sortable integer per (device, time): devices made dense, times moved to zero."""
    devices = np.unique(np.concatenate([flow.device, device]))
    first = min(int(flow.time.min()), int(time.min()))
    width = max(int(flow.time.max()), int(time.max())) - first + 1

    def key(of_device: Ints, at: Ints) -> Ints:
        return np.searchsorted(devices, of_device).astype(np.int64) * width + (at - first)

    return key(flow.device, flow.time), key(device, time)
