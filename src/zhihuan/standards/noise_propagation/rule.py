"""The agreed numbers of the propagation method, by edition.

    >>> rule("ISO 9613-2:1996").cap_double
    25.0

It refuses editions that are not packaged: the one of 2024 diffracts otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from zhihuan.standards.parameters import Edition, parameter

__all__ = ["EDITION", "Rule", "rule", "rule_edition"]

EDITION = "ISO 9613-2:1996"
_NAME = "noise_propagation/iso9613_2"


@dataclass(frozen=True, slots=True)
class Rule:
    """One edition's numbers; the parameter file says what each is."""

    sound_speed: float
    ground_zone_heights: float
    ground_c2: float
    thick_constant: float
    cap_single: float
    cap_double: float
    lateral_reach: float
    weather_distance: float
    weather_heights: float
    greatest_distance: float
    greatest_height: float
    accuracy: float


@cache
def rule(edition: str = EDITION) -> Rule:
    """The numbers of the edition of this name. Raises UnknownEditionError."""
    table = rule_edition(edition).table
    return Rule(**{key: float(str(value)) for key, value in table.items()})


def rule_edition(edition: str = EDITION) -> Edition:
    """The packaged edition itself, with reference and confidence. Raises UnknownEditionError."""
    return parameter(_NAME).named(edition)
