"""From judged hours to the reduction of the tax."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from zhihuan.standards.emission import HourState, Limit, judge_hours
from zhihuan.standards.emission.tax import Discharge, Medium, month_grounds, outlet_tax
from zhihuan.standards.errors import InputRefusedError

Maker = Callable[..., Limit]
MARCH = (np.datetime64("2026-03-01", "h") + np.arange(744)).astype("datetime64[D]")


def test_the_mean_is_of_the_judged_hours_only(limit: Maker) -> None:
    values = np.array([[10.0, 20.0, 90.0, np.nan], [10.0, 40.0, 10.0, np.nan], [np.nan] * 4])
    states = [HourState.NORMAL, HourState.NORMAL, HourState.INVALID, HourState.NORMAL]
    found = month_grounds(judge_hours(values, MARCH[:4], [limit(35.0)], states=states))
    assert found.mean[:2].tolist() == [15.0, 25.0]
    assert np.isnan(found.mean[2])
    assert found.exceeded.tolist() == [False, True, False]
    assert found.judged.tolist() == [2, 2, 0]


@pytest.mark.parametrize(("peak", "total"), [(20.0, "90.00"), (36.0, "180.00")])
def test_one_exceeding_hour_ends_the_reduction(limit: Maker, peak: float, total: str) -> None:
    hours = np.full(744, 15.0)
    hours[300] = peak
    grounds = month_grounds(judge_hours(hours, MARCH, [limit(35.0)]))
    month = [Discharge("二氧化硫", "95", mean=float(grounds.mean), limit=grounds.limit,
                       exceeded=bool(grounds.exceeded))]  # fmt: skip
    bill = outlet_tax(month, medium=Medium.AIR, on=date(2026, 3, 31))
    assert bill.total == Decimal(total)


def test_two_months_or_two_limits_are_refused(limit: Maker) -> None:
    history = [limit(50.0), limit(35.0, in_force_from=date(2026, 3, 15))]
    with pytest.raises(InputRefusedError, match="限值未变"):
        month_grounds(judge_hours(np.ones(744), MARCH, history))
    two = np.array(["2026-03-31", "2026-04-01"], "datetime64[D]")
    with pytest.raises(InputRefusedError, match="2026-03、2026-04"):
        month_grounds(judge_hours([1.0, 1.0], two, [limit(35.0)]))
