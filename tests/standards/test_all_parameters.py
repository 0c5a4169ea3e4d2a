"""What must hold for every packaged legal quantity, whoever brings the next one."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from zhihuan.standards.dated import spans_in_force
from zhihuan.standards.errors import OutsideEditionsError
from zhihuan.standards.parameters import (
    Edition,
    Parameter,
    parameter,
    parameter_from,
    parameter_names,
)
from zhihuan.standards.tables import table_rows

NAMES = parameter_names()
ANY_DAY = st.dates(min_value=date(1985, 1, 1), max_value=date(2040, 12, 31))


@cache
def raw(name: str) -> dict[str, Any]:
    source = files("zhihuan.standards") / "parameters" / f"{name}.yaml"
    content: dict[str, Any] = yaml.safe_load(source.read_text("utf-8"))
    return content


def answer(quantity: Parameter, day: date) -> Edition | None:
    try:
        return quantity.on(day)
    except OutsideEditionsError:
        return None


@pytest.mark.parametrize("name", NAMES)
def test_every_file_states_unit_source_and_when_it_was_checked(name: str) -> None:
    quantity = parameter(name)
    assert quantity.title
    assert quantity.unit, "say 无量纲, text or table where there is no unit"
    for edition in quantity.editions:
        assert edition.reference.title
        assert edition.reference.clause
        assert edition.name


@pytest.mark.parametrize("name", NAMES)
def test_every_date_is_a_plain_date(name: str) -> None:
    for edition in raw(name)["editions"]:
        for key in ("in_force_from", "in_force_until", "last_checked"):
            if edition.get(key) is not None:
                assert type(edition[key]) is date, key


@pytest.mark.parametrize("name", NAMES)
def test_a_named_table_is_packaged_and_has_rows(name: str) -> None:
    for edition in parameter(name).editions:
        if isinstance(edition.value, dict) and "rows" in edition.value:
            assert len(table_rows(str(edition.value["rows"]))) > 0


@pytest.mark.parametrize("name", NAMES)
def test_the_edges_of_every_edition_belong_to_it(name: str) -> None:
    quantity = parameter(name)
    for edition in quantity.editions:
        assert quantity.on(edition.in_force_from) == edition
        before = answer(quantity, edition.in_force_from - timedelta(days=1))
        assert before != edition
        if edition.in_force_until is not None:
            assert quantity.on(edition.in_force_until) == edition
            assert answer(quantity, edition.in_force_until + timedelta(days=1)) != edition


@given(name=st.sampled_from(NAMES), later=st.integers(1, 4000), day=ANY_DAY)
def test_adding_a_later_edition_never_changes_an_earlier_result(
    name: str, later: int, day: date
) -> None:
    before = parameter(name)
    content, last = raw(name), before.editions[-1]
    amended = max(last.in_force_from, last.in_force_until or last.in_force_from) + timedelta(later)
    new = content["editions"][-1] | {"in_force_from": amended, "value": -987.0, "edition": "new"}
    new.pop("in_force_until", None)
    text = yaml.safe_dump(content | {"editions": [*content["editions"], new]}, allow_unicode=True)
    after = parameter_from(name, text)
    if day >= amended:
        assert after.on(day).value == -987.0
    else:
        assert answer(after, day) == answer(before, day)


@given(name=st.sampled_from(NAMES), days=st.lists(ANY_DAY, min_size=1, max_size=6))
def test_an_array_of_days_is_answered_as_each_day_alone(name: str, days: list[date]) -> None:
    quantity = parameter(name)
    alone = [answer(quantity, day) for day in days]
    if None in alone:
        with pytest.raises(OutsideEditionsError):
            spans_in_force(quantity, days)
        return
    together = np.empty(len(days), dtype=object)
    for span in spans_in_force(quantity, days):
        for place in np.flatnonzero(span.where).tolist():
            together[place] = span.edition
    assert together.tolist() == alone
