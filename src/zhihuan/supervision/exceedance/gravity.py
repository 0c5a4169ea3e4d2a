"""Whether an episode is large or repeated, so that it goes up at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhihuan.standards.derivation import Basis
from zhihuan.standards.parameters import parameter

__all__ = ["Gravity", "gravity_of", "repeated_within_days"]

_LARGE, _REPEATED = "exceedance/large", "exceedance/repeated"


@dataclass(frozen=True, slots=True)
class Gravity:
    """large, repeated; why: each in one sentence of Chinese; basis: the rules asked."""

    large: bool
    repeated: bool
    why: tuple[str, ...]
    basis: tuple[Basis, ...]

    @property
    def goes_up(self) -> bool:
        """Whether it is raised without waiting for the enterprise."""
        return self.large or self.repeated


def gravity_of(
    *, multiple: float, standing: int, by_hour: bool, episodes_before: int, day: date
) -> Gravity:
    """multiple: the worst (超标倍数), NaN for none. standing: exceeding hours (days) left after marks; none
    left is never grave. episodes_before: of the same outlet and factor within ``repeated_within_days``, not
    explained away. day: of Beijing, for the edition. Raises OutsideEditionsError."""
    large, repeated = (parameter(name).on(day) for name in (_LARGE, _REPEATED))
    longest = _number(large.table, "hours" if by_hour else "days")
    times = int(_number(repeated.table, "times"))
    reasons = []
    if standing and multiple >= _number(large.table, "multiple"):
        reasons.append(f"超标倍数 {multiple:.4g}")
    if standing and standing >= longest:
        reasons.append(f"超标 {standing} {'个小时' if by_hour else '日'}")
    is_large = bool(reasons)
    is_repeated = bool(standing) and episodes_before + 1 >= times
    if is_repeated:
        within = repeated_within_days(day)
        reasons.append(f"{within} 日内第 {episodes_before + 1} 次")
    basis = tuple(
        Basis.of(edition, decides=parameter(name).title)
        for name, edition in ((_LARGE, large), (_REPEATED, repeated))
    )
    return Gravity(is_large, is_repeated, tuple(reasons), basis)


def repeated_within_days(day: date) -> int:
    """How many days back earlier episodes count."""
    return int(_number(parameter(_REPEATED).on(day).table, "within_days"))


def _number(table: Mapping[str, object], key: str) -> float:
    return float(str(table[key]))
