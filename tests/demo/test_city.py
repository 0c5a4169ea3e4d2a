from __future__ import annotations

import csv
import itertools
import json
import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from shapely.geometry import Point, shape

from zhihuan.bureau.places.packaged import find_city
from zhihuan.demo.city import build_city
from zhihuan.demo.geography import inside, on_river, towns
from zhihuan.demo.packaged import packaged
from zhihuan.hj212.codes import factor
from zhihuan.telemetry.simulator.kinds import KINDS, kind_spec

CITY = build_city()
MAP = find_city("442000")


def layer(name: str) -> dict:
    return json.loads((MAP / f"{name}.geojson").read_text("utf-8"))


def test_the_same_seed_builds_the_same_city() -> None:
    assert build_city() == CITY
    assert build_city(seed=7).points != CITY.points


@pytest.mark.parametrize("size", [7, 26, 260, 1000])
def test_a_city_has_the_size_asked_for_and_every_kind(size: int) -> None:
    city = build_city(size)
    assert len(city.points) == size
    assert {point.kind for point in city.points} == set(KINDS)


def test_ten_thousand_points_have_codes_and_numbers_of_their_own() -> None:
    city = build_city(10_000)
    assert len({point.code for point in city.points}) == 10_000
    assert len({point.device.mn for point in city.points}) == 10_000


def test_every_point_stands_in_the_town_it_names() -> None:
    cells = {town.name: town.cell for town in towns()}
    for point in CITY.points:
        # an outlet may stand beside its enterprise, some 70 m away
        assert cells[point.town].buffer(0.002).contains(Point(point.lon, point.lat)), point.code


def test_all_23_towns_have_points() -> None:
    assert len(towns()) == 23
    assert {point.town for point in CITY.points} == {town.name for town in towns()}


def test_every_name_says_that_it_is_synthetic() -> None:
    assert all(point.name.startswith("模拟·") for point in CITY.points)
    assert all(site.name.startswith("模拟·") and "模拟" in site.address for site in CITY.sites)


def test_every_point_belongs_to_a_site_and_some_sites_have_several_outlets() -> None:
    sites = Counter(point.site for point in CITY.points)
    assert set(sites) == {site.code for site in CITY.sites}
    assert max(sites.values()) >= 2
    for code, count in sites.items():
        kinds = {point.kind for point in CITY.points if point.site == code}
        assert len(kinds) == count


def test_the_city_holds_trouble_of_every_sort_but_is_mostly_in_order() -> None:
    troubles = Counter(point.trouble for point in CITY.points)
    assert all(troubles[kind] >= 5 for kind in ("offline", "exceeding", "abnormal"))
    assert troubles[""] > 200
    assert all(point.device.silent for point in CITY.points if point.trouble == "offline")


def test_editions_vendors_codes_and_encryption_are_mixed() -> None:
    devices = CITY.devices
    assert {device.version.year for device in devices} == {"2005", "2017", "2025"}
    assert any(device.surface_water for device in devices)
    assert any(device.key for device in devices)
    assert any(device.aliases for device in devices)
    assert len({device.password for device in devices}) > 200


def test_limits_are_on_factors_that_are_measured_and_cite_a_basis() -> None:
    for point in CITY.points:
        assert point.limits, point.code
        for limit in point.limits:
            assert limit.factor in (*point.factors, "Ld", "Ln")
            assert limit.basis
            assert (limit.upper, limit.lower) != (None, None)
            assert limit.clause or "模拟" in limit.basis


def test_the_headline_comes_first() -> None:
    for point in CITY.points:
        assert kind_spec(point.kind).factor(point.factors[0]).headline
        assert all(factor(code) for code in point.factors)


def test_strangers_are_in_no_registry_and_ask_for_no_answer() -> None:
    known = {device.mn for device in CITY.devices}
    assert CITY.strangers
    for stranger in CITY.strangers:
        assert stranger.mn not in known
        assert not stranger.wants_ack
        assert "未登记" in stranger.name


def test_limits_of_one_factor_do_not_overlap_in_time() -> None:
    for rows in packaged("limits")["kinds"].values():
        spans: dict[tuple[str, str], list[tuple[date, date]]] = {}
        for row in rows:
            span = row.get("from", date.min), row.get("until", date.max)
            spans.setdefault((row["factor"], row["kind"]), []).append(span)
        for each in spans.values():
            each.sort()
            assert all(a[1] < b[0] for a, b in itertools.pairwise(each))


@pytest.mark.shared
def test_river_and_noise_limits_are_those_of_the_reference_tables(shared: Path) -> None:
    water = {
        row["hj212_code"]: row
        for row in rows_of(shared, "gb3838_2002_table1.csv")
        if row["item_code"] != "tp_lake"
    }
    for row in packaged("limits")["kinds"]["river"]:
        if row["factor"] != "w01001":
            assert float(water[row["factor"]]["III"]) == row.get("upper", row.get("lower"))
    noise = {row["zone_class"]: row for row in rows_of(shared, "gb3096_2008_table1.csv")}
    found = {row["factor"]: row["upper"] for row in packaged("limits")["kinds"]["noise"]}
    assert found["Ld"] == float(noise["2"]["day_dBA"])
    assert found["Ln"] == float(noise["2"]["night_dBA"])


def rows_of(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "data/standards" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- geography and the map layers -----------------------------------------------------------------


def test_a_place_drawn_in_a_town_lies_in_its_cell() -> None:
    choice = random.Random(1)
    for town in towns():
        for pull in (0.0, 0.5):
            assert town.cell.contains(Point(*inside(town, choice, around_seat=pull)))


def test_a_place_on_the_river_lies_in_the_city() -> None:
    outline = shape(layer("outline")["features"][0]["geometry"]).buffer(0.001)
    choice = random.Random(1)
    for _ in range(50):
        place, town = on_river(choice)
        assert outline.contains(Point(*place))
        assert town in towns()


@pytest.mark.parametrize("name", ["outline", "towns", "rivers"])
def test_a_map_layer_is_valid_credits_its_source_and_is_not_too_precise(name: str) -> None:
    collection = layer(name)
    assert collection["attribution"]
    assert collection["note"]
    for feature in collection["features"]:
        geometry = shape(feature["geometry"])
        assert geometry.is_valid
        west, south, east, north = geometry.bounds
        assert 112.8 < west <= east < 114.0
        assert 21.9 < south <= north < 23.1
    text = (MAP / f"{name}.geojson").read_text("utf-8")
    assert len(text) < 40_000
    assert max(len(number.partition(".")[2]) for number in _numbers(collection)) <= 5


def test_town_cells_are_labelled_as_approximate_and_each_holds_its_seat() -> None:
    collection = layer("towns")
    assert "非法定边界" in collection["note"]
    for feature in collection["features"]:
        assert feature["properties"]["synthetic"] is True
        assert shape(feature["geometry"]).contains(Point(*feature["properties"]["seat"]))


def _numbers(collection: dict) -> list[str]:
    found: list[str] = []

    def walk(item: object) -> None:
        if isinstance(item, list):
            for part in item:
                walk(part)
        elif isinstance(item, float):
            found.append(repr(item))

    for feature in collection["features"]:
        walk(feature["geometry"]["coordinates"])
    return found
