"""Cells as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.registry.importing.cells import empty_value, is_empty, value_of
from zhihuan.bureau.registry.models import ConstructionSite, Device, Enterprise, PermitTotal

DAY = dt.date(2026, 5, 3)


def field(model, name):
    return model._meta.get_field(name)


@pytest.mark.parametrize(
    "cell", ["2026-05-03", "2026/5/3", "2026.5.3", "2026年5月3日", "20260503", DAY,
             dt.datetime.combine(DAY, dt.time()), "2026-05-03 00:00:00"],
)  # fmt: skip
def test_a_date_in_any_usual_writing(cell):
    assert value_of(field(ConstructionSite, "begun"), cell) == DAY


@pytest.mark.parametrize(
    ("model", "name", "cell", "value"),
    [
        (Enterprise, "status", "停产", "suspended"),
        (Enterprise, "status", "suspended", "suspended"),
        (Enterprise, "code", 1001.0, "1001"),
        (Enterprise, "lon", "113.25", 113.25),
        (ConstructionSite, "area_m2", "12,000.5", 12000.5),
        (Device, "realtime_seconds", 60.0, 60),
        (Device, "version", "HJ 212-2017", 1),
        (Device, "encrypted", "是", True),
        (Device, "encrypted", "否", False),
        (
            PermitTotal,
            "tonnes",
            "1.250000",
            PermitTotal._meta.get_field("tonnes").to_python("1.25"),
        ),
    ],
)
def test_cells_become_values(model, name, cell, value):
    assert value_of(field(model, name), cell) == value


@pytest.mark.parametrize(
    ("model", "name", "cell", "told"),
    [
        (ConstructionSite, "begun", "2026-02-30", "没有这一天"),
        (ConstructionSite, "begun", "五月", "2026-05-03"),
        (Enterprise, "status", "在产？", "可填：在产、停产"),
        (Enterprise, "lon", "东经113", "只填数字"),
        (Enterprise, "lon", "nan", "请填数字"),
        (Enterprise, "lon", 400.0, "180"),
        (Enterprise, "name", "厂" * 121, "最多 120 字"),
        (Enterprise, "credit_code", "12345", "18 位"),
        (Device, "realtime_seconds", 1.5, "整数"),
        (Device, "realtime_seconds", True, "请填数字"),
        (Device, "encrypted", "也许", "“是”或“否”"),
    ],
)
def test_a_wrong_cell_says_how_to_mend_it(model, name, cell, told):
    with pytest.raises(ValueError, match=told):
        value_of(field(model, name), cell)


def test_empty_cells_mean_the_default_nothing_or_no_text():
    assert all(is_empty(cell) for cell in (None, "", " — ", "/", "N/A"))
    assert not is_empty(0)
    assert empty_value(field(Enterprise, "status")) == "operating"
    assert empty_value(field(Enterprise, "lon")) is None
    assert empty_value(field(Enterprise, "address")) == ""


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.dates()))
def test_any_cell_is_a_value_or_a_told_error(cell):
    for model, name in ((Enterprise, "lon"), (Enterprise, "status"), (ConstructionSite, "begun"),
                        (Device, "realtime_seconds"), (Enterprise, "name")):  # fmt: skip
        try:
            value_of(field(model, name), cell)
        except ValueError as error:
            assert str(error)  # noqa: PT017 - any of them, with words
