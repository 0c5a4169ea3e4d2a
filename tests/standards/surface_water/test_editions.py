"""A caller may force an edition against the day; a later one changes nothing before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from zhihuan.standards.derivation import Derivation
from zhihuan.standards.errors import UnknownEditionError
from zhihuan.standards.surface_water import (
    basin_change,
    basin_status,
    black_odour,
    cwqi,
    drinking_source,
    exceedance,
    mean_of,
    rounded,
    rural_black_odour,
    section_change,
    section_status,
    trophic_index,
    water_class,
)

EARLY = date(2012, 5, 1)
OF_2017, OF_2020 = "环办监测〔2017〕51号", "总站水字〔2020〕90号"
OF_2011, OF_2015 = "环办〔2011〕22号", "建城〔2015〕130号"

Judge = Callable[..., Any]
# what judges, and an edition whose day it is not
FORCED: dict[str, tuple[Judge, str, date]] = {
    "class": (lambda **k: water_class({"tp": [0.1]}, **k), "GB 3838-2002", EARLY),
    "exceedance": (lambda **k: exceedance({"tp": [0.3]}, **k), "GB 3838-2002", EARLY),
    "section": (lambda **k: section_status(["Ⅱ"], **k), OF_2011, date(2009, 1, 1)),
    "change": (lambda **k: section_change(["Ⅱ"], ["Ⅲ"], **k), OF_2011, date(2009, 1, 1)),
    "basin change": (lambda **k: basin_change([1], [2], [3], [4], **k), OF_2011, date(2009, 1, 1)),
    "mean": (lambda **k: mean_of([[6.0, 8.0]], "ph", **k), OF_2020, EARLY),
    "drinking": (lambda **k: drinking_source({"fe": [0.1]}, **k), "GB 3838-2002", EARLY),
    "lake": (lambda **k: trophic_index({"chla": [9]}, **k), "总站生字〔2001〕090号", EARLY),
    "urban": (lambda **k: black_odour({"orp": [-300]}, **k), OF_2015, date(2026, 1, 1)),
    "rural": (lambda **k: rural_black_odour({"do": [1]}, **k), "环办土壤函〔2019〕826号", date(2020, 1, 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", FORCED)
def test_a_forced_edition_is_taken_and_said_to_be(name: str) -> None:
    judge, edition, day = FORCED[name]
    why: Derivation = judge(on=day, edition=edition).derivation(0)
    forced = [basis for basis in why.basis if basis.forced]
    assert edition in {basis.standard for basis in forced}
    assert "由使用者指定采用" in why.text()


@pytest.mark.parametrize("name", FORCED)
def test_an_edition_nobody_packaged_is_refused_with_those_there_are(name: str) -> None:
    judge, edition, day = FORCED[name]
    with pytest.raises(UnknownEditionError, match=edition.split("〔", maxsplit=1)[0]):
        judge(on=day, edition="GB 0000-1900")


def test_forced_editions_of_grades_indices_and_digits() -> None:
    basin = basin_status(["Ⅱ"] * 5, on=date(2012, 1, 1), edition=OF_2011)
    assert basin.derivation().basis[0].forced
    index = cwqi({"do": [0.0], "ph": [8.0]}, on=date(2018, 1, 1), edition=OF_2017)
    assert index.derivation(0).basis[0].forced
    assert rounded([0.1234], "tp", on=date(2015, 1, 1), edition=OF_2020).tolist() == [0.123]
    assert float(mean_of([6.0, 8.0], "ph", on=EARLY, edition="平台约定").values) == 7.0


def test_the_index_of_the_day_or_of_the_forced_edition(amend) -> None:
    amend("surface_water/cwqi_class", "2030-01-01", "2")
    days = np.array(["2029-12-31", "2030-01-01"], dtype="datetime64[D]")
    assert cwqi({"nh3n": [1.0, 1.0]}, on=days).total.tolist() == [1.0, 2.0]
    assert cwqi({"nh3n": [1.0, 1.0]}, on=days, edition=OF_2017).total.tolist() == [1.0, 1.0]
