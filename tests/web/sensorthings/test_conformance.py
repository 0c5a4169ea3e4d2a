"""What the service root declares (18-088, annex A), requirement by requirement.

Each declared class has a test here; one more that is declared without a test fails the first.
"""

from __future__ import annotations

import re
import sys

import pytest

from zhihuan.web.sensorthings.answering import CONFORMANCE
from zhihuan.web.sensorthings.entity_sets import ENTITY_SETS

REQUIREMENTS = "http://www.opengis.net/spec/iot_sensing/1.1/req/"
HOST = "http://testserver/sensorthings/v1.1"

#: 18-088, clause 8.2: the mandatory properties of each entity, and its relations.
MANDATORY = {
    "Things": ({"name", "description"}, {"Locations", "HistoricalLocations", "Datastreams"}),
    "Locations": (
        {"name", "description", "encodingType", "location"},
        {"Things", "HistoricalLocations"},
    ),
    "HistoricalLocations": ({"time"}, {"Thing", "Locations"}),
    "Datastreams": (
        {"name", "description", "unitOfMeasurement", "observationType"},
        {"Thing", "Sensor", "ObservedProperty", "Observations"},
    ),
    "Sensors": ({"name", "description", "encodingType", "metadata"}, {"Datastreams"}),
    "ObservedProperties": ({"name", "definition", "description"}, {"Datastreams"}),
    "Observations": (
        {"phenomenonTime", "result", "resultTime"},
        {"Datastream", "FeatureOfInterest"},
    ),
    "FeaturesOfInterest": ({"name", "description", "encodingType", "feature"}, {"Observations"}),
}


def test_every_declared_class_is_proven_here(get, platform_store, db):
    declared = get("").json()["serverSettings"]["conformance"]
    assert declared == list(CONFORMANCE)
    here = vars(sys.modules[__name__])
    for uri in declared:
        name = uri.removeprefix(REQUIREMENTS).rsplit("/", 1)[-1].replace("-", "_")
        assert f"test_class_{name}" in here, f"{uri} is declared and not proven"


def test_class_datamodel(read, city):
    """req/datamodel: entity-control-information, and properties and relations of the eight entities."""
    assert set(MANDATORY) == set(ENTITY_SETS)
    for name, (properties, relations) in MANDATORY.items():
        for entity in read(f"/{name}")["value"]:
            assert entity["@iot.id"] is not None
            assert entity["@iot.selfLink"].startswith(f"{HOST}/{name}(")
            assert properties <= set(entity), name
            links = {f"{each}@iot.navigationLink" for each in relations}
            assert {each for each in entity if "navigationLink" in each} == links
            assert all(entity[each].startswith(entity["@iot.selfLink"]) for each in links)
    for stream in read("/Datastreams")["value"]:
        assert set(stream["unitOfMeasurement"]) == {"name", "symbol", "definition"}
        assert stream["observationType"].startswith("http://www.opengis.net/def/observationType/")
    moment = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"
    for row in read("/Observations", top=300)["value"]:
        assert re.fullmatch(f"{moment}(/{moment})?", row["phenomenonTime"])
        assert re.fullmatch(moment, row["resultTime"])


def test_class_resource_path_to_entities(read, get, city, series):
    """req/resource-path/resource-path-to-entities: the nine usages of 9.2."""
    pk, stream = city["KQ-1"].pk, series("KQ-1", "a34004", "hour")
    assert [each["name"] for each in read("")["value"]] == list(ENTITY_SETS)  # 9.2.1: no path
    assert len(read("/Things")["value"]) == 4  # 9.2.2: a collection
    thing = read(f"/Things({pk})")  # 9.2.3: an entity
    assert thing["@iot.id"] == pk
    assert read(f"/Things({pk})/name") == {"name": thing["name"]}  # 9.2.4: a property
    assert get(f"/Things({pk})/name/$value").content.decode() == thing["name"]  # 9.2.5: its value
    related = read(f"/Things({pk})/Datastreams")["value"]  # 9.2.6: a navigation property
    assert stream in {each["@iot.id"] for each in related}
    links = read(f"/Things({pk})/Datastreams/$ref")["value"]  # 9.2.7: an association link
    assert {each["@iot.selfLink"] for each in links} == {each["@iot.selfLink"] for each in related}
    nested = f"/Datastreams({stream})/Thing/Datastreams({stream})/ObservedProperty/name/$value"
    assert get(nested).status_code == 200  # 9.2.8: nested
    assert len(nested.split("/")) > 6


def test_class_request_data(read, get, city):
    """req/request-data: status-code, query-status-code, the options, pagination."""
    assert get("/Things(999999)").status_code == 404
    assert get("/Things", filter="name eq").status_code == 400
    assert get("/Things", search="a").status_code == 501
    (thing,) = read("/Things", filter="properties/code eq 'KQ-1'", expand="Locations")["value"]
    assert thing["Locations"][0]["location"]["type"] == "Point"  # expand
    assert list(read("/Things", select="name")["value"][0]) == ["name"]  # select
    names = [each["name"] for each in read("/Things", orderby="name desc")["value"]]  # orderby
    assert names == sorted(names, reverse=True)
    assert len(read("/Things", top=2)["value"]) == 2  # top
    assert read("/Things", skip=1)["value"] == read("/Things")["value"][1:]  # skip
    assert read("/Things", count="true", top=1)["@iot.count"] == 4  # count
    assert "@iot.count" not in read("/Things", count="false")
    assert len(read("/Things", filter="properties/kind eq 'river'")["value"]) == 1  # filter
    page = read("/Things", top=3)  # pagination
    assert page["@iot.nextLink"].startswith(f"{HOST}/Things?")
    assert "@iot.nextLink" not in read("/Things", top=4)


OPERATORS = [
    "result eq 20", "result ne 20", "result gt 41", "result ge 41", "result lt 22", "result le 22",
    "result gt 20 and result lt 22", "result eq 20 or result eq 21", "not (result gt 21)",
    "result add 1 eq 21", "result sub 1 eq 19", "result mul 2 eq 40", "result div 2 eq 10",
    "result mod 6 eq 2", "(result add 1) mul 2 eq 42",
]  # fmt: skip
FUNCTIONS = [
    "substringof('KQ',Datastream/name)", "endswith(Datastream/name,'数据')",
    "startswith(Datastream/name,'点位')", "length(Datastream/name) gt 3",
    "indexof(Datastream/name,'KQ') eq 3", "substring(Datastream/name,3) ne ''",
    "tolower(Datastream/name) ne 'KQ'", "toupper(Datastream/name) ne 'kq'",
    "trim(Datastream/name) ne ''", "concat(Datastream/name,'!') ne '!'",
    "year(phenomenonTime) eq 2026", "month(phenomenonTime) eq 5", "day(phenomenonTime) eq 31",
    "hour(phenomenonTime) eq 16", "minute(phenomenonTime) eq 0", "second(phenomenonTime) eq 0",
    "fractionalseconds(phenomenonTime) eq 0", "date(phenomenonTime) eq 2026-05-31",
    "time(phenomenonTime) eq 16:00:00", "totaloffsetminutes(phenomenonTime) eq 0",
    "phenomenonTime lt now()", "phenomenonTime gt mindatetime()", "phenomenonTime lt maxdatetime()",
    "round(result) eq 20", "floor(result) eq 20", "ceiling(result) eq 20",
    "geo.distance(FeatureOfInterest/feature,geography'POINT(113.38 22.52)') lt 1",
    "geo.length(geography'LINESTRING(0 0,0 2)') eq 2",
    "geo.intersects(FeatureOfInterest/feature,geography'POINT(113.38 22.52)')",
    *(
        f"st_{name}(FeatureOfInterest/feature,geography'{wkt}')"
        for name, wkt in (
            ("equals", "POINT(113.38 22.52)"), ("disjoint", "POINT(0 0)"),
            ("within", "POLYGON((113 22,114 22,114 23,113 23,113 22))"),
            ("intersects", "POINT(113.38 22.52)"), ("contains", "POINT(113.38 22.52)"),
        )
    ),
    "st_touches(FeatureOfInterest/feature,geography'LINESTRING(113.38 22.52,114 23)')",
    "st_overlaps(FeatureOfInterest/feature,geography'POINT(0 0)') eq false",
    "st_crosses(FeatureOfInterest/feature,geography'LINESTRING(0 0,1 1)') eq false",
    "st_relate(FeatureOfInterest/feature,geography'POINT(113.38 22.52)','T*F**FFF*')",
]  # fmt: skip


@pytest.mark.parametrize("said", [OPERATORS, FUNCTIONS], ids=["operators", "functions"])
def test_every_operator_and_function_of_the_tables_is_answered(read, city, series, said):
    """req/request-data/built-in-filter-operations and built-in-query-functions: none is empty."""
    hours = f"/Datastreams({series('KQ-1', 'a34004', 'hour')})/Observations"
    empty = [each for each in said if not read(hours, filter=each, top=1)["value"]]
    assert empty == []
