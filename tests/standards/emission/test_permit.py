"""The year's amount against the permit: exceedance, room left, and what cannot be said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from zhihuan.standards.emission import (
    Limit,
    Period,
    Tonnage,
    Verdict,
    compare_with_permit,
    flue_gas_tonnage,
)
from zhihuan.standards.errors import InputRefusedError, OutsideEditionsError

Maker = Callable[..., Limit]


def _tonnage(kg: list[float], first: str = "2026-03-01") -> Tonnage:
    days = np.datetime64(first, "D") + np.arange(len(kg)) // 24
    return flue_gas_tonnage(kg, 1e6, days)


def test_the_permit_is_kept_exceeded_or_unknown(limit: Maker) -> None:
    permit = limit(2.0, Period.YEAR, unit="t")
    kept = compare_with_permit(_tonnage([500.0] * 4), permit)
    assert kept.verdict == Verdict.WITHIN
    assert (kept.used, kept.left_t) == (1.0, 0.0)
    exceeded = compare_with_permit(_tonnage([500.0] * 5), permit)
    assert exceeded.verdict == Verdict.EXCEEDS
    assert exceeded.measured_alone_exceeds
    assert exceeded.derivation().conclusion == "超过许可排放量 0.5 t"
    unknown = compare_with_permit(_tonnage([np.nan] + [500.0] * 3), permit)
    assert unknown.verdict == Verdict.UNJUDGED
    assert "不能判定是否超过" in unknown.derivation().conclusion
    assert kept.derivation().conclusion == "未超过许可排放量，尚余 0 t"


def test_an_exceedance_by_substitution_alone_is_said(limit: Maker) -> None:
    found = compare_with_permit(
        _tonnage([100.0] * 9 + [np.nan]), limit(0.95, Period.YEAR, unit="t")
    )
    assert found.verdict == Verdict.EXCEEDS
    assert not found.measured_alone_exceeds
    assert "仅实测部分并未超过" in found.derivation().text()
    assert "许可排放量：0.95 t" in found.derivation().text()


def test_two_years_no_data_and_a_permit_of_another_time_are_refused(limit: Maker) -> None:
    permit = limit(2.0, Period.YEAR, unit="t")
    with pytest.raises(InputRefusedError, match="2026、2027"):
        compare_with_permit(_tonnage([1.0] * 48, "2026-12-31"), permit)
    with pytest.raises(InputRefusedError, match="没有数据"):
        compare_with_permit(_tonnage([]), permit)
    with pytest.raises(InputRefusedError, match="单位不是 t"):
        compare_with_permit(_tonnage([1.0]), limit(2.0, Period.YEAR, unit="kg"))
    late = limit(2.0, Period.YEAR, unit="t", in_force_from=date(2027, 1, 1))
    with pytest.raises(OutsideEditionsError, match="年排放量限值"):
        compare_with_permit(_tonnage([1.0]), late)
