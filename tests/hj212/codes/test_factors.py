"""Factor codes against the reference list, and the traps between 2005 and 2017."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from zhihuan.hj212.codes import (
    Edition,
    NumberType,
    factor,
    factors,
    modernise,
    old_factor,
    old_factors,
    suggested_factor,
)


@pytest.mark.shared
def test_every_water_and_air_factor_agrees_with_the_reference_list(shared: Path) -> None:
    with (shared / "data/hj212/factors_2017.csv").open(encoding="utf-8") as lines:
        reference = list(csv.DictReader(lines))
    assert len(reference) == 184
    for row in reference:
        ours = factor(row["code"])
        assert ours is not None, row["code"]
        assert ours.name == row["name_zh"].replace("，", ","), row["code"]
        assert ours.old_code == row["old_code_2005"]
        assert str(ours.number_type or "") == row["type"]
        assert ours.mass_unit == row["unit_mass"]
        printed = row["unit_conc"].replace("(!)", "").replace("t/km²·月", "t/(km²·月)")
        assert ours.printed_unit == ("" if printed == "-" else printed)


@pytest.mark.shared
def test_a_unit_the_field_contradicts_is_marked_contested(shared: Path) -> None:
    with (shared / "data/hj212/factors_2017.csv").open(encoding="utf-8") as lines:
        doubtful = {r["code"] for r in csv.DictReader(lines) if r["unit_conc"].endswith("(!)")}
    assert doubtful == {f.code for f in factors() if f.unit_contested}


@pytest.mark.parametrize(
    ("old", "new", "unit", "multiplier"),
    [
        ("011", "w01018", "mg/L", 1),
        ("020", "w20111", "µg/L", 1000),
        ("022", "w20115", "µg/L", 1000),
        ("024", "w20117", "µg/L", 1000),
        ("026", "w20119", "µg/L", 1000),
        ("027", "w20120", "µg/L", 1000),
        ("034", "w20127", "µg/L", 1000),
        ("035", "w20128", "µg/L", 1000),
        ("021", "w20113", "ng/L", 1_000_000),
        ("041", "w20089", "ng/L", 1_000_000),
        ("S04", "a01017", "kPa", 1000),
        ("S08", "a01013", "kPa", 1000),
        ("S02", "a01011", "m/s", 1),
        ("10", "a21001", "mg/m³", 1),
        ("B01", "w00000", "L/s", 1),
    ],
)
def test_a_2005_value_is_converted_by_the_declared_version(
    old: str, new: str, unit: str, multiplier: int
) -> None:
    read = modernise(old, Edition.HJ2005)
    assert read is not None
    assert (read.code, read.unit, read.multiplier) == (new, unit, Decimal(multiplier))


def test_mass_of_mercury_becomes_grams_and_waste_water_stays_cubic_metres() -> None:
    mercury = modernise("020", Edition.HJ2005)
    water = modernise("B01", Edition.HJ2005)
    assert mercury is not None
    assert water is not None
    assert (mercury.mass_unit, mercury.mass_multiplier) == ("g", 1000)
    assert (water.mass_unit, water.mass_multiplier) == ("m³", 1)


def test_an_old_code_under_a_new_version_is_not_multiplied_but_noted() -> None:
    read = modernise("020", Edition.HJ2017)
    assert read is not None
    assert read.code == "w20111"
    assert read.multiplier == 1
    assert read.note


def test_codes_without_a_twin_keep_their_code() -> None:
    for code in ("025", "16", "99", "B03"):
        read = modernise(code, Edition.HJ2005)
        assert read is not None
        assert read.code == code
        assert "保留" in read.note


def test_day_and_night_levels_are_never_swapped_silently() -> None:
    for code in ("Ld", "Ln"):
        read = modernise(code, Edition.HJ2005)
        assert read is not None
        assert read.code == code
        assert "相反" in read.note


def test_every_old_code_named_by_2017_can_be_modernised() -> None:
    for new in factors():
        if new.old_code:
            read = modernise(new.old_code, Edition.HJ2005)
            assert read is not None, new
            assert read.code == new.code


def test_every_old_factor_has_a_finite_positive_multiplier() -> None:
    for old in old_factors():
        read = modernise(old.code, Edition.HJ2005)
        assert read is not None
        assert read.multiplier > 0
        assert read.mass_multiplier > 0
    assert old_factor("w01018") is None


def test_a_process_code_knows_its_process_and_device_number() -> None:
    found = factor("e10201")
    assert found is not None
    assert found.name == "进水口COD"
    assert found.device_number == 1
    assert "进口" in found.process
    dust = factor("g12807")
    assert dust is not None
    assert (dust.code, dust.device_number) == ("g12807", 7)


@pytest.mark.parametrize("code", ["", "x", "w99999", "e99901", "e102xy", "PM25", "w010181"])
def test_an_unknown_code_is_none_not_a_guess(code: str) -> None:
    assert factor(code) is None


def test_vendor_codes_are_only_suggested() -> None:
    suggestion = suggested_factor("pm25")
    assert suggestion is not None
    assert suggestion.code == "a34004"
    assert suggested_factor("BANANA") is None


def test_2025_rows_come_first_under_2025_only() -> None:
    old, new = factor("a00000"), factor("a00000", Edition.HJ2025)
    assert old is not None
    assert new is not None
    assert old.name == "废气"
    assert new.name == "废气流量"
    assert factor("w01018", Edition.HJ2025) == factor("w01018")


@pytest.mark.parametrize(
    ("text", "value", "printed"),
    [
        ("N5.1", "40.05", "40.0"),
        ("N5.1", "40.15", "40.2"),
        ("N4", "12", "12"),
        ("N2.2", "-0.005", "-0.00"),
    ],
)
def test_values_are_printed_with_the_decimals_of_their_type(
    text: str, value: str, printed: str
) -> None:
    kind = NumberType.parse(text)
    assert kind is not None
    assert kind.format(Decimal(value)) == printed


def test_a_type_says_what_fits() -> None:
    kind = NumberType.parse("N3.2")
    assert kind is not None
    assert kind.fits("123.45")
    assert kind.fits("-1")
    assert not kind.fits("1234.5")
    assert not kind.fits("1.234")
    assert not kind.fits("abc")
    assert str(kind) == "N3.2"
    assert NumberType.parse("--") is None
