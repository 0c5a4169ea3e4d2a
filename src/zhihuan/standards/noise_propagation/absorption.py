"""How much the air absorbs: decibels a metre in each octave band.

    >>> [round(a, 1) for a in (1000 * absorption_db_m(10.0, 70.0)).tolist()]
    [0.1, 0.4, 1.0, 1.9, 3.7, 9.7, 32.8, 116.9]

By the formula of ISO 9613-1 at the exact midband frequencies, or by the table of ISO 9613-2 where
a report asks for it. It refuses kelvin, shares of humidity and pascals.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from zhihuan.standards.errors import InputProblem, InputRefusedError
from zhihuan.standards.inputs import refuse_bad
from zhihuan.standards.noise_propagation.bands import BANDS_HZ, EXACT_HZ
from zhihuan.standards.parameters import parameter

__all__ = ["absorption_db_m", "absorption_of_table_db_m"]

Floats = NDArray[np.float64]
# ISO 9613-1:1993, 6.2 and annex B: reference pressure [kPa] and temperatures [K]
_REFERENCE_KPA, _REFERENCE_K, _TRIPLE_POINT_K, _ICE_POINT_K = 101.325, 293.15, 273.16, 273.15
_METRES_PER_KM = 1000.0


def absorption_db_m(
    temperature_c: float,
    humidity_percent: float,
    pressure_kpa: float = 101.325,
    frequency_hz: Floats = EXACT_HZ,
) -> Floats:
    """Attenuation coefficient of the air [dB/m] at each frequency (exact midbands by default).

    temperature_c [°C], humidity_percent [%], pressure_kpa [kPa]: scalars. No rounding.
    Raises InputRefusedError. Source: ISO 9613-1:1993, formulas (3) to (5), annex B.
    """
    refuse_bad(
        [
            ("noise/temperature", temperature_c),
            ("noise/humidity", humidity_percent),
            ("noise/pressure", pressure_kpa),
        ]
    )
    kelvin = temperature_c + _ICE_POINT_K
    warmth, pressure = kelvin / _REFERENCE_K, pressure_kpa / _REFERENCE_KPA
    saturation = 10.0 ** (-6.8346 * (_TRIPLE_POINT_K / kelvin) ** 1.261 + 4.6151)
    h = humidity_percent * saturation / pressure
    oxygen = pressure * (24.0 + 4.04e4 * h * (0.02 + h) / (0.391 + h))
    nitrogen = pressure / np.sqrt(warmth)
    nitrogen *= 9.0 + 280.0 * h * np.exp(-4.170 * (warmth ** (-1.0 / 3.0) - 1.0))
    squared = np.asarray(frequency_hz, dtype=np.float64) ** 2
    classical = 1.84e-11 / pressure * np.sqrt(warmth)
    by_oxygen = 0.01275 * np.exp(-2239.1 / kelvin) / (oxygen + squared / oxygen)
    by_nitrogen = 0.1068 * np.exp(-3352.0 / kelvin) / (nitrogen + squared / nitrogen)
    relaxation = warmth**-2.5 * (by_oxygen + by_nitrogen)
    return np.asarray(8.686 * squared * (classical + relaxation))


def absorption_of_table_db_m(temperature_c: float, humidity_percent: float) -> Floats:
    """The printed coefficients [dB/m] of one of the table's six states of air.

    Raises InputRefusedError for a state that is not printed: nothing is interpolated.
    Source: ISO 9613-2:1996, table 2.
    """
    rows = parameter("noise_propagation/absorption_table").editions[0].rows
    for row in rows:
        if (float(row["temperature"]), float(row["humidity"])) == (temperature_c, humidity_percent):
            return np.array([float(row[f"{hz:g}"]) for hz in BANDS_HZ]) / _METRES_PER_KM
    printed = "、".join(f"{row['temperature']} ℃/{row['humidity']}%" for row in rows)
    raise InputRefusedError(
        [
            InputProblem(
                -1,
                "气象条件",
                f"{temperature_c:g} ℃、{humidity_percent:g}%",
                "系数表中没有这一状态",
                f"表中有 {printed}；其他状态请用公式计算",
            )
        ]
    )
