"""The informative annex of GB 3095."""

from __future__ import annotations

from datetime import date

import pytest

from zhihuan.standards.air.reference_limits import reference_limits

# GB 3095-2026, table A.1
PRINTED = {
    "CD": [0.005], "HG": [0.05], "AS": [0.006], "CR6": [0.000025],
    "F": [20, 7, 1.8, 3.0, 1.2, 2.0],
}  # fmt: skip


@pytest.mark.parametrize("pollutant", PRINTED)
def test_every_printed_reference_limit_is_there(pollutant: str) -> None:
    found = reference_limits(pollutant, on=date(2026, 3, 1))
    assert [row.limit for row in found] == PRINTED[pollutant]


def test_fluoride_by_month_is_a_flux_and_depends_on_what_grows_there() -> None:
    months = [
        row for row in reference_limits("F", edition="GB 3095-2026") if row.averaging == "month"
    ]
    assert {row.unit for row in months} == {"µg/(dm²·d)"}
    assert len({row.area for row in months}) == 2


def test_all_at_once_and_unknown_ones() -> None:
    assert len(reference_limits(on=date(2020, 1, 1))) == 10
    with pytest.raises(KeyError, match="CR6"):
        reference_limits("PB", on=date(2026, 3, 1))
