"""Choosing, ordering, paging: of rows of the database and of factors in memory alike."""

from __future__ import annotations

import pytest


def _codes(document) -> list[str]:
    return [entity["properties"]["code"] for entity in document["value"]]


THINGS = [
    ("properties/kind eq 'river'", ["HL-1"]),
    ("properties/kind ne 'river'", ["KQ-1", "ZS-1", "WS-1"]),
    ("properties/town eq '三角镇'", ["HL-1"]),
    ("properties/synthetic", ["KQ-1", "HL-1", "WS-1"]),
    ("not properties/synthetic", ["ZS-1"]),
    ("properties/synthetic eq false", ["ZS-1"]),
    ("properties/site eq null", ["KQ-1", "HL-1", "ZS-1", "WS-1"]),
    ("properties/site ne null", []),
    ("properties/nothing eq null and name ne null", ["KQ-1", "HL-1", "ZS-1", "WS-1"]),
    ("properties/nothing eq 'a'", []),
    ("properties/nothing gt 5 or properties/code eq 'WS-1'", ["WS-1"]),
    ("startswith(name,'印')", ["WS-1"]),
    ("endswith(name,'总排口')", ["WS-1"]),
    ("endswith(properties/code,'')", ["KQ-1", "HL-1", "ZS-1", "WS-1"]),
    ("endswith(properties/code,'a longer text than the code')", []),
    ("substringof('100% ',name)", ["WS-1"]),
    ("substringof('1__%',name)", []),
    ("contains(name,'位 k')", []),
    ("contains(tolower(name),'位 k')", ["KQ-1"]),
    ("indexof(name,'KQ') eq 3", ["KQ-1"]),
    ("substring(properties/code,0,2) eq 'HL'", ["HL-1"]),
    ("substring(properties/code,3) eq '1' and length(name) gt 8", ["WS-1"]),
    ("concat(properties/code,'!') eq 'ZS-1!'", ["ZS-1"]),
    ("trim(concat(' ',properties/code)) eq 'ZS-1'", ["ZS-1"]),
    ("toupper(properties/kind) eq 'NOISE'", ["ZS-1"]),
    ("id mod 2 eq id sub 2 mul (id div 2)", ["KQ-1", "HL-1", "ZS-1", "WS-1"]),
    ("id div 0 eq null", ["KQ-1", "HL-1", "ZS-1", "WS-1"]),
    ("id div 0 eq 1 or round(id div 2.0) lt 0", []),
    ("-id lt 0 and floor(id add 0.5) eq id and ceiling(id sub 0.5) eq id",
     ["KQ-1", "HL-1", "ZS-1", "WS-1"]),
    ("length(properties/code) sub 4 eq 0 and @iot.id gt 0", ["KQ-1", "HL-1", "ZS-1", "WS-1"]),
    ("Datastreams/ObservedProperty/name eq '化学需氧量'", ["HL-1", "WS-1"]),
    ("Datastreams/ObservedProperty/id eq 'w01018' and properties/kind eq 'river'", ["HL-1"]),
    ("Datastreams/properties/kind eq 'minute'", ["KQ-1"]),
    ("not (Datastreams/properties/kind eq 'hour')", ["ZS-1"]),
    ("Datastreams/unitOfMeasurement/symbol eq 'dB'", ["ZS-1"]),
    ("Datastreams/Sensor/properties/mn eq 'MNHL-1'", ["HL-1"]),
    ("Datastreams/properties/factor eq 'a05024' and Datastreams/properties/kind eq 'minute'", []),
    ("Datastreams/properties/factor eq 'a34004' and Datastreams/properties/kind eq 'minute'",
     ["KQ-1"]),
    ("geo.distance(Locations/location,geography'POINT(113.38 22.52)') lt 0.001", ["KQ-1"]),
    ("geo.distance(geography'POINT(113.38 22.52)',Locations/location) lt 0.03", ["KQ-1", "ZS-1"]),
    ("st_within(Locations/location,geography'POLYGON((113.39 22.4,113.41 22.4,113.41 22.6,113.39 22.6,113.39 22.4))')",
     ["ZS-1"]),
    ("not st_within(Locations/location,geography'POLYGON((113 22,114 22,114 22.6,113 22.6,113 22))')",
     ["HL-1", "WS-1"]),
    ("geo.intersects(Locations/location,geography'POINT(113.46 22.71)')", ["HL-1"]),
    ("st_relate(Locations/location,geography'POINT(113.46 22.71)','0********')", ["HL-1"]),
    ("properties/kind eq 'river' eq true", ["HL-1"]),
    ("(properties/kind eq 'river' or properties/kind eq 'noise') eq properties/synthetic", ["HL-1"]),
    ("(not properties/synthetic) ne false", ["ZS-1"]),
    ("contains(properties/site,'a') eq false", []),
    ("st_within(Locations/location,geography'POLYGON((113.39 22.4,113.41 22.4,113.41 22.6,113.39 22.6,113.39 22.4))') eq true",
     ["ZS-1"]),
    ("(Datastreams/properties/kind eq 'minute') eq true", ["KQ-1"]),
    ("HistoricalLocations/time gt 2000-01-01T00:00:00Z", ["KQ-1", "HL-1", "ZS-1", "WS-1"]),
    ("HistoricalLocations/time gt now()", []),
]  # fmt: skip


def test_a_filter_chooses_things(read, city):
    wrong = {
        said: found
        for said, codes in THINGS
        if (found := _codes(read("/Things", filter=said, orderby="id"))) != codes
    }
    assert wrong == {}


EVERYWHERE = [
    ("/Datastreams", "Thing/properties/kind eq 'noise'", ["点位 ZS-1 等效声级 实时数据"]),
    ("/Datastreams", "substringof('等效声级',name)", ["点位 ZS-1 等效声级 实时数据"]),
    ("/Datastreams", "startswith(description,'Leq')", ["点位 ZS-1 等效声级 实时数据"]),
    ("/Datastreams", "Thing/Locations/name eq '点位 ZS-1'", ["点位 ZS-1 等效声级 实时数据"]),
    ("/Sensors", "properties/mn eq 'MNZS-1'", ["ZS-1 数采仪"]),
    ("/Sensors", "Datastreams/ObservedProperty/name eq '化学需氧量' or properties/mn eq 'x'",
     ["HL-1 数采仪", "WS-1 数采仪"]),
    ("/ObservedProperties", "Datastreams/Thing/properties/code eq 'ZS-1'", ["等效声级"]),
    ("/ObservedProperties", "name eq '化学需氧量' and Datastreams/id gt 0", ["化学需氧量"]),
    ("/ObservedProperties", "properties/medium eq 'water' and startswith(name,'化学需氧')", ["化学需氧量"]),
    ("/FeaturesOfInterest", "st_equals(feature,geography'POINT(113.40 22.50)')", ["点位 ZS-1"]),
    ("/Locations", "Things/Datastreams/properties/factor eq 'Leq'", ["点位 ZS-1"]),
]  # fmt: skip


def test_a_filter_chooses_in_every_set(read, city):
    wrong = {
        (path, said): found
        for path, said, names in EVERYWHERE
        if (found := [each["name"] for each in read(path, filter=said)["value"]]) != names
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "name", ["Things", "Sensors", "Locations", "Datastreams", "ObservedProperties"]
)
def test_pages_of_one_make_the_whole(read, city, all_pages, name):
    whole = read(
        f"/{name}", filter="Datastreams/id gt 0" if name == "ObservedProperties" else "id gt 0"
    )
    first = read(
        f"/{name}", top=1, orderby="name desc",
        filter="Datastreams/id gt 0" if name == "ObservedProperties" else "id gt 0",
    )  # fmt: skip
    paged = [entity["@iot.id"] for entity in all_pages(first)]
    assert sorted(paged, key=str) == sorted((e["@iot.id"] for e in whole["value"]), key=str)
    assert len(set(paged)) == len(paged)


def test_order_and_skip_and_count(read, city):
    document = read("/Things", orderby="properties/kind desc,name", top=2, skip=1, count="true")
    assert _codes(document) == ["HL-1", "ZS-1"]
    assert document["@iot.count"] == 4
    assert _codes(read("/Things", orderby="length(name) desc", top=1)) == ["WS-1"]
    assert read("/Things", top=0)["value"] == []


def test_select_shows_what_was_asked_and_nothing_else(read, city):
    (thing,) = read("/Things", select="name,@iot.id", filter="properties/code eq 'KQ-1'")["value"]
    assert thing == {"@iot.id": city["KQ-1"].pk, "name": "点位 KQ-1"}
    (linked,) = read("/Things", select="Datastreams", filter="properties/code eq 'KQ-1'")["value"]
    assert list(linked) == ["Datastreams@iot.navigationLink"]


def test_history_is_compared_by_moments(read, city):
    from zhihuan.bureau.registry.models import Device

    Device.objects.filter(mn="MNKQ-1").update(registered="2026-03-05")
    pk = city["KQ-1"].pk
    assert read(f"/HistoricalLocations({pk})")["time"] == "2026-03-04T16:00:00Z"
    for said, there in (
        ("time eq 2026-03-05T00:00:00+08:00", True),
        ("time ne 2026-03-05T00:00:00+08:00", False),
        ("time eq 2026-03-05T00:00:01+08:00", False),
        ("time ge 2026-03-04T16:00:00Z", True),
        ("time gt 2026-03-04T16:00:00Z", False),
        ("time gt 2026-03-04T15:59:59Z", True),
        ("time lt 2026-03-04T16:00:01Z", True),
        ("time le 2026-03-04T15:59:59Z", False),
        ("2026-03-04T16:00:00Z le time", True),
    ):
        found = read("/HistoricalLocations", filter=f"id eq {pk} and {said}")["value"]
        assert bool(found) is there, said
