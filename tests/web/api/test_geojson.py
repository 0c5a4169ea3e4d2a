"""Places as GeoJSON: read by geopandas, bounded, paged, within scope; town cells say what they are."""

from __future__ import annotations

import io

import geopandas
import pytest

PLACES = "/api/v1/places.geojson"


@pytest.mark.parametrize("layer", ["points", "enterprises", "sections", "construction-sites"])
def test_geopandas_reads_every_layer(layer, here, there, program_of):
    answer = program_of("值班员").get(f"{PLACES}?layer={layer}")
    assert answer["Content-Type"] == "application/geo+json"
    frame = geopandas.read_file(io.BytesIO(answer.content))
    assert len(frame) == 2
    assert frame.crs.to_epsg() == 4326
    assert set(frame.geometry.geom_type) == {"Point"}


def test_town_cells_say_that_they_are_approximate(db, program_of):
    answer = program_of("值班员").get(f"{PLACES}?layer=towns")
    frame = geopandas.read_file(io.BytesIO(answer.content))
    assert len(frame) == 23
    assert frame["approximate"].all()
    assert frame.geometry.is_valid.all()


def test_an_enterprise_gets_its_own_places(here, there, program_of):
    program = program_of("企业用户", at=here.enterprise)
    features = program.get(f"{PLACES}?layer=points").json()["features"]
    assert [each["id"] for each in features] == ["WS-1"]


def test_a_box_and_a_town_narrow(here, there, program_of):
    program = program_of("值班员")

    def ids(query: str) -> list[str]:
        return [
            each["id"] for each in program.get(f"{PLACES}?layer=points&{query}").json()["features"]
        ]

    assert ids("bbox=113.405,22,113.415,23") == ["WS-1"]
    assert ids(f"town={there.town.code}") == ["WS-2"]
    for wrong in ("bbox=114,22,113,23", "bbox=1,2,3", "bbox=a,b,c,d"):
        refused = program.get(f"{PLACES}?layer=points&{wrong}")
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["field"] == "bbox"


def test_pages_follow_each_other(here, there, program_of):
    program = program_of("值班员")
    first = program.get(f"{PLACES}?layer=points&limit=1").json()
    second = program.get(first["next"]).json()
    assert [each["id"] for page in (first, second) for each in page["features"]] == ["WS-1", "WS-2"]
    assert "next" not in second
