"""The kinds of monitoring points a device can stand at, read from the packaged YAML files.

Numbers in those files are plausible, not measured: they describe a synthetic city. Refuses a file
that names an unknown field, so that a misspelt one cannot silently do nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib import resources
from typing import Any

import yaml

from zhihuan.telemetry.simulator.signals import Signal

__all__ = ["KINDS", "FactorSpec", "KindSpec", "kind_from_mapping", "kind_spec"]

KINDS = ("flue_gas", "wastewater", "ambient_air", "river", "noise", "voc", "power")
_SIGNAL_FIELDS = {item.name for item in fields(Signal)}


class KindError(ValueError):
    """A kind's description cannot be used; the message says which file, factor and field."""


@dataclass(frozen=True, slots=True)
class FactorSpec:
    """One factor of a kind. unit: as reported. decimals: digits sent after the point.

    converted: also reported at reference oxygen (Zs*). totals: a Cou is reported. derived: the
    value is computed by ``physics``, not by a signal (then ``signal`` is None). optional: only on
    devices that list it.
    """

    code: str
    name: str
    unit: str
    decimals: int
    signal: Signal | None = None
    converted: bool = False
    totals: bool = False
    headline: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class KindSpec:
    """What stands at such a point.

    system_types: ST by edition ("2005", "2017", "2025", "surface_water"). physics: which rules tie
    the factors together. flow: the factor that carries the flow, "" for none. volume_per_flow:
    cubic metres in one flow unit times one second. weighted: means are weighted by flow.
    marks: chance a day of each data mark; episode_*: chance a day, factor and hours of a raised
    concentration in the ``episode_factors``.
    """

    kind: str
    name: str
    physics: str
    system_types: Mapping[str, str]
    factors: tuple[FactorSpec, ...]
    flow: str = ""
    volume_per_flow: float = 1.0
    weighted: bool = False
    sample_seconds: int = 15
    realtime_seconds: int = 60
    minute_minutes: int = 10
    reports: tuple[str, ...] = ("realtime", "minute", "hour", "day")
    marks: Mapping[str, float] = field(default_factory=dict)
    episode_chance: float = 0.0
    episode_factor: float = 1.0
    episode_hours: float = 2.0
    episode_factors: tuple[str, ...] = ()
    constants: Mapping[str, float] = field(default_factory=dict)

    def default_factors(self) -> tuple[str, ...]:
        """The codes every device of this kind reports."""
        return tuple(spec.code for spec in self.factors if not spec.optional)

    def factor(self, code: str) -> FactorSpec:
        """The factor of this code; KeyError names the kind and what it has."""
        for spec in self.factors:
            if spec.code == code:
                return spec
        known = ", ".join(spec.code for spec in self.factors)
        raise KeyError(f"kind {self.kind} has no factor {code}; it has {known}")


@cache
def kind_spec(kind: str) -> KindSpec:
    """The packaged description of a kind; KindError lists the kinds there are."""
    if kind not in KINDS:
        raise KindError(f"no kind {kind!r}; kinds are {', '.join(KINDS)}")
    file = resources.files("zhihuan.telemetry.simulator") / "kinds" / f"{kind}.yaml"
    return kind_from_mapping(yaml.safe_load(file.read_text("utf-8")), source=f"{kind}.yaml")


def kind_from_mapping(raw: Mapping[str, Any], source: str) -> KindSpec:
    """A kind from its parsed YAML; KindError names source and field."""
    options = dict(raw)
    options["factors"] = tuple(_factor(entry, source) for entry in raw["factors"])
    options["system_types"] = {str(key): str(value) for key, value in raw["system_types"].items()}
    for name in ("reports", "episode_factors"):
        if name in options:
            options[name] = tuple(options[name])
    unknown = options.keys() - {item.name for item in fields(KindSpec)}
    if unknown:
        raise KindError(f"{source}: unknown field {', '.join(sorted(unknown))}")
    return KindSpec(**options)


def _factor(entry: Mapping[str, Any], source: str) -> FactorSpec:
    own = {key: value for key, value in entry.items() if key not in _SIGNAL_FIELDS}
    movement = {key: value for key, value in entry.items() if key in _SIGNAL_FIELDS}
    unknown = own.keys() - {item.name for item in fields(FactorSpec)}
    if unknown:
        raise KindError(
            f"{source}, factor {entry.get('code')}: unknown {', '.join(sorted(unknown))}"
        )
    return FactorSpec(signal=Signal(**movement) if movement else None, **own)
