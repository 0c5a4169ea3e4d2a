"""Related entities within their parents: each level with options of its own, and no query more for more."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhihuan.bureau.access import rates as rates_module
from zhihuan.bureau.registry.models import PastPlacement
from zhihuan.telemetry.kinds import Kind
from zhihuan.web.sensorthings import ask as ask_module
from zhihuan.web.sensorthings.observing import edges as edges_module

MIDNIGHT = 1_780_243_200  # 2026-06-01 00:00:00 in Beijing
ONE = "properties/code eq 'KQ-1'"


def test_each_level_has_options_of_its_own(read, city):
    (thing,) = read(
        "/Things",
        filter=ONE,
        select="name,Datastreams",
        expand="Datastreams($filter=properties/factor eq 'a34004';$orderby=properties/kind desc;"
        "$top=2;$skip=1;$count=true;$select=properties,Observations;"
        "$expand=Observations($filter=result ge 20;$orderby=phenomenonTime;$top=2;$select=result)),"
        "Locations($select=location)",
    )["value"]
    assert set(thing) == {
        "name", "Datastreams", "Datastreams@iot.count", "Locations",
    }  # fmt: skip
    assert thing["Datastreams@iot.count"] == 3
    kinds = [each["properties"]["kind"] for each in thing["Datastreams"]]
    assert kinds == ["hour", "day"]
    hour, day = thing["Datastreams"]
    assert hour["Observations"] == [{"result": 20.0}, {"result": 21.0}]
    assert day["Observations"] == [{"result": 31.5}]
    assert "Observations@iot.nextLink" in hour
    assert "Observations@iot.nextLink" not in day
    assert thing["Locations"] == [{"location": {"type": "Point", "coordinates": [113.38, 22.52]}}]


def test_the_next_link_of_an_expansion_goes_on_with_its_question(read, city, all_pages):
    (thing,) = read(
        "/Things",
        filter=ONE,
        expand="Datastreams($filter=properties/kind eq 'hour';$top=1;$expand=ObservedProperty)",
    )["value"]
    first = {"value": thing["Datastreams"], "@iot.nextLink": thing["Datastreams@iot.nextLink"]}
    found = all_pages(first)
    assert {each["ObservedProperty"]["@iot.id"] for each in found} == {"a34004", "a05024"}
    assert len(found) == 2
    rows = read("/Datastreams", filter="Thing/properties/kind eq 'noise'", expand="Observations")
    assert [each["result"] for each in rows["value"][0]["Observations"]] == [55]


def test_expanded_observations_go_on_where_they_ended(read, city, series, all_pages):
    stream = series("KQ-1", "a34004", "minute")
    for order in ("phenomenonTime desc", "phenomenonTime"):
        document = read(f"/Datastreams({stream})", expand=f"Observations($orderby={order};$top=50)")
        first = {
            "value": document["Observations"],
            "@iot.nextLink": document["Observations@iot.nextLink"],
        }
        found = [each["result"] for each in all_pages(first)]
        wanted = [minute / 4 for minute in range(144)]
        assert found == (wanted[::-1] if "desc" in order else wanted)


def test_ways_there_and_back_and_paths_are_expanded(read, city):
    (thing,) = read(
        "/Things", filter=ONE, expand="Datastreams/ObservedProperty,Datastreams/Sensor"
    )["value"]
    assert all(each["Sensor"]["name"] == "KQ-1 数采仪" for each in thing["Datastreams"])
    assert {each["ObservedProperty"]["@iot.id"] for each in thing["Datastreams"]} == {
        "a34004", "a05024",
    }  # fmt: skip
    (row,) = read(
        "/Observations",
        top=1,
        expand="Datastream($expand=Thing($expand=Locations)),FeatureOfInterest",
    )["value"]
    assert (
        row["Datastream"]["Thing"]["Locations"][0]["@iot.id"] == row["FeatureOfInterest"]["@iot.id"]
    )
    (history,) = read("/HistoricalLocations", top=1, expand="Thing,Locations")["value"]
    assert history["Thing"]["@iot.id"] == history["Locations"][0]["@iot.id"]


def test_parents_without_children_have_empty_lists(read, city, point):
    bare = point("KQ-2", "ambient_air", "a34004")
    document = read(f"/Things({bare.pk})", expand="Datastreams($count=true),Locations")
    assert document["Datastreams"] == []
    assert document["Datastreams@iot.count"] == 0
    bare.devices.all().delete()
    assert read(f"/Things({bare.pk})", expand="HistoricalLocations")["HistoricalLocations"] == []


@pytest.mark.parametrize(
    "expand",
    [
        "Datastreams($top=2;$expand=ObservedProperty,Sensor,Thing,Observations($top=1)),Locations",
        "HistoricalLocations($expand=Locations),Datastreams($count=true)",
    ],
)
def test_more_parents_cost_no_query_more(read, city, point, rows, expand, monkeypatch):
    monkeypatch.setattr(rates_module.Rates, "admit", lambda *_args: 0)  # it asks now and then

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as told:
            assert read("/Things", expand=expand)["value"]
        return len(told)

    read("/Things", expand=expand)
    few = queries()
    for number in range(12):
        made = point(f"KQ-X{number}", "ambient_air", "a34004", "a05024")
        rows(f"MN{made.code}", "a34004", Kind.HOUR, [(MIDNIGHT, 1.0)])
    read("/Things", expand=expand)
    assert queries() == few


def test_an_answer_stays_bounded_and_says_where_it_goes_on(read, city, monkeypatch, all_pages):
    monkeypatch.setattr(ask_module, "LARGEST_ANSWER", 60)
    monkeypatch.setattr(ask_module.Ask, "__init__", _bounded(ask_module.Ask.__init__, 60))
    document = read("/Datastreams", expand="Observations($top=1000)")
    told = sum(len(each["Observations"]) for each in document["value"])
    assert told <= 60
    for each in document["value"]:
        if len(each["Observations"]) < 24 and each["properties"]["kind"] == "hour":
            first = {
                "value": each["Observations"],
                "@iot.nextLink": each["Observations@iot.nextLink"],
            }
            assert len(all_pages(first)) == 24


def _bounded(made, left):
    def build(self, caller, root):
        made(self, caller, root, left)

    return build


NEWEST = "Observations($top=1;$orderby=phenomenonTime desc)"


def test_the_newest_of_very_many_is_the_same_and_is_one_read(
    read, city, monkeypatch, all_pages, platform_store
):
    before = read("/Datastreams", expand=NEWEST)["value"]
    assert len(before) == 7
    monkeypatch.setattr(edges_module, "_ASKED_ABOUT", 3)
    after = read("/Datastreams", expand=NEWEST)["value"]
    assert [each["Observations"] for each in after] == [each["Observations"] for each in before]
    for each in after:
        document = {
            "value": each["Observations"],
            "@iot.nextLink": each["Observations@iot.nextLink"],
        }
        stream = f"/Datastreams({each['@iot.id']})/Observations"
        whole = read(stream, top=1000, orderby="phenomenonTime desc")["value"]
        assert [row["@iot.id"] for row in all_pages(document)] == [row["@iot.id"] for row in whole]

    def windows(*_args, **_given):
        raise AssertionError("a window was read")

    monkeypatch.setattr(type(platform_store), "edge_rows", windows)
    assert read("/Datastreams", expand=NEWEST)["value"] == after


def test_a_device_that_stood_elsewhere_is_not_told_by_its_newest_row(read, city, monkeypatch, rows):
    """Its newest row belongs to the point it stands at now: such series are still read in windows."""
    rows("MNKQ-1", "a34004", Kind.HOUR, [(MIDNIGHT - 3600, 7.0)])
    device = city["KQ-1"].devices.get()
    PastPlacement.objects.create(
        device=device,
        point=city["KQ-1"],
        placed=dt.date(2026, 1, 1),
        removed=dt.date(2026, 5, 31),
    )
    device.point, device.placed = city["HL-1"], dt.date(2026, 6, 1)
    device.save()
    monkeypatch.setattr(edges_module, "_ASKED_ABOUT", 0)
    asked = "Thing/properties/code eq 'KQ-1' and properties/kind eq 'hour'"
    found = read("/Datastreams", filter=asked, orderby="name", expand=NEWEST)["value"]
    newest = {
        each["properties"]["factor"]: [row["result"] for row in each["Observations"]]
        for each in found
    }
    assert newest == {"a34004": [7], "a05024": []}
