"""Every form of address the standard has, and what is said where there is nothing."""

from __future__ import annotations

import pytest

from zhihuan.web.sensorthings.entity_sets import ENTITY_SETS
from zhihuan.web.sensorthings.odata.refusal import Reason
from zhihuan.web.sensorthings.words import WORDS

ROOT = "/sensorthings/v1.1"
HOST = f"http://testserver{ROOT}"
SETS = ("Things", "Locations", "HistoricalLocations", "Datastreams", "Sensors", "ObservedProperties",
        "Observations", "FeaturesOfInterest")  # fmt: skip


def test_the_root_lists_the_sets_and_what_we_hold_to(get, platform_store, db):
    document = get("").json()
    assert [entry["name"] for entry in document["value"]] == list(SETS)
    assert document["value"][0]["url"] == f"{HOST}/Things"
    requirement = "http://www.opengis.net/spec/iot_sensing/1.1/req/"
    assert f"{requirement}request-data" in document["serverSettings"]["conformance"]
    assert not any("create" in each for each in document["serverSettings"]["conformance"])
    assert get("/").json() == document


@pytest.mark.parametrize("name", SETS)
def test_every_set_is_read_and_every_entity_by_its_own_address(read, city, client, name):
    entities = read(f"/{name}", top=3)["value"]
    assert entities
    for entity in entities:
        address = entity["@iot.selfLink"].replace("http://testserver", "")
        assert client.get(address).json() == entity


@pytest.mark.parametrize("name", SETS)
def test_every_link_and_every_property_of_an_entity_can_be_followed(read, city, client, name):
    (entity,) = read(f"/{name}", top=1)["value"]
    address = entity["@iot.selfLink"].replace("http://testserver", "")
    for key, value in entity.items():
        if key.endswith("@iot.navigationLink"):
            assert client.get(value.replace("http://testserver", "")).status_code == 200, value
        elif not key.startswith("@"):
            assert client.get(f"{address}/{key}").json() == {key: value}
            assert client.get(f"{address}/{key}/$value").status_code == 200


def test_what_entities_are_made_of(read, city):
    (thing,) = read("/Things", filter="properties/code eq 'KQ-1'")["value"]
    pk = city["KQ-1"].pk
    assert thing == {
        "@iot.selfLink": f"{HOST}/Things({pk})",
        "@iot.id": pk,
        "name": "点位 KQ-1",
        "description": "石岐街道 点位 KQ-1",
        "properties": {
            "code": "KQ-1", "kind": "ambient_air", "town": "石岐街道", "site": None, "synthetic": True,
        },
        "Locations@iot.navigationLink": f"{HOST}/Things({pk})/Locations",
        "HistoricalLocations@iot.navigationLink": f"{HOST}/Things({pk})/HistoricalLocations",
        "Datastreams@iot.navigationLink": f"{HOST}/Things({pk})/Datastreams",
    }  # fmt: skip
    location = read(f"/Things({pk})/Locations")["value"][0]
    assert location["location"] == {"type": "Point", "coordinates": [113.38, 22.52]}
    assert location["encodingType"] == "application/geo+json"
    said = "properties/factor eq 'a34004' and properties/kind eq 'hour'"
    (stream,) = read(f"/Things({pk})/Datastreams", filter=said)["value"]
    assert stream["name"] == "点位 KQ-1 细颗粒物（空气动力学当量直径小于等于2.5 μm） 小时数据" or (
        stream["name"].startswith("点位 KQ-1 ") and stream["name"].endswith(" 小时数据")
    )
    assert stream["unitOfMeasurement"]["symbol"] == "µg/m³"
    assert stream["unitOfMeasurement"]["definition"] == "https://ucum.org/ucum#ug/m3"
    assert stream["observationType"].endswith("OM_Measurement")
    observed = read("/ObservedProperties('a34004')")
    assert observed["definition"] == "urn:x-hj212:factor:a34004"
    assert "HJ 212" in observed["description"]


def test_relations_lead_there_and_back(read, city, series):
    stream = series("KQ-1", "a34004", "hour")
    pk = city["KQ-1"].pk
    assert read(f"/Datastreams({stream})/Thing")["@iot.id"] == pk
    assert read(f"/Datastreams({stream})/ObservedProperty")["@iot.id"] == "a34004"
    sensor = read(f"/Datastreams({stream})/Sensor")
    there = read(f"/Sensors({sensor['@iot.id']})/Datastreams")["value"]
    assert stream in [each["@iot.id"] for each in there]
    back = read("/ObservedProperties('a34004')/Datastreams")["value"]
    assert {each["@iot.id"] for each in back} == {
        series("KQ-1", "a34004", kind) for kind in ("minute", "hour", "day")
    }
    observation = read(f"/Datastreams({stream})/Observations", top=1)["value"][0]["@iot.id"]
    assert read(f"/Observations('{observation}')/Datastream")["@iot.id"] == stream
    assert read(f"/Observations('{observation}')/FeatureOfInterest")["@iot.id"] == pk
    history = read(f"/Things({pk})/HistoricalLocations")["value"][0]
    assert read(f"/HistoricalLocations({history['@iot.id']})/Thing")["@iot.id"] == pk
    assert read(f"/Locations({pk})/Things")["value"][0]["@iot.id"] == pk
    of_feature = read(f"/FeaturesOfInterest({pk})/Observations", top=2)["value"]
    assert len(of_feature) == 2


def test_nested_addresses_take_keys_and_check_them(read, get, city, series):
    stream, thing, other = series("KQ-1", "a34004", "hour"), city["KQ-1"].pk, city["HL-1"].pk
    assert read(f"/Things({thing})/Datastreams({stream})")["@iot.id"] == stream
    assert get(f"/Things({other})/Datastreams({stream})").status_code == 404
    first = read(f"/Datastreams({stream})/Observations", top=1)["value"][0]
    address = f"/Things({thing})/Datastreams({stream})/Observations('{first['@iot.id']}')/result"
    assert read(address) == {"result": first["result"]}


def test_references_are_addresses_alone(read, city):
    pk = city["KQ-1"].pk
    document = read(f"/Things({pk})/Datastreams/$ref", top=2, count="true")
    assert document["@iot.count"] == 4
    assert [list(entry) for entry in document["value"]] == [["@iot.selfLink"]] * 2
    assert document["@iot.nextLink"].startswith(f"{HOST}/Things({pk})/Datastreams/$ref?")
    assert read(f"/HistoricalLocations({pk})/Thing/$ref") == {
        "@iot.selfLink": f"{HOST}/Things({pk})"
    }


def test_values_are_bare_and_members_have_addresses(get, city, officer):
    pk = city["KQ-1"].pk
    name = get(f"/Things({pk})/name/$value")
    assert (name.content.decode(), name["Content-Type"]) == (
        "点位 KQ-1",
        "text/plain; charset=utf-8",
    )
    assert get(f"/Things({pk})/properties/code").json() == {"code": "KQ-1"}
    assert get(f"/Things({pk})/properties/code/$value").content == b"KQ-1"
    assert get(f"/Things({pk})/@iot.id").json() == {"@iot.id": pk}
    nothing = get(f"/Things({pk})/properties/site")
    assert (nothing.status_code, nothing.content) == (204, b"")


NOWHERE = [
    "/Nothing", "/things", "/Things(999999)", "/Things('a')", "/Things(99999999999999999999)",
    "/Things/name", "/Things/Datastreams", "/Things(1)/nothing", "/Things(1)/name/nothing",
    "/Observations('x')", "/Observations('1-1')", "/Observations(1)", "/ObservedProperties(1)",
    "/ObservedProperties('nothing')", "/Things(1)/$value", "/$value", "/Things(1)/$nothing",
    "/Things(1)Datastreams", "/../Things", "/Things(1)/Thing",
    "/MultiDatastreams", "/CreateObservations",
]  # fmt: skip


def test_where_nothing_is_404_is_said_in_words(get, city, officer):
    for path in NOWHERE:
        response = get(path)
        assert response.status_code == 404, (path, response.content.decode())
        assert response.json()["detail"], path


def test_an_address_that_cannot_be_read_is_said_to_be_one(get, city, officer):
    for path in ("/Things(", "/Things(1))", "/Things((1)"):
        response = get(path)
        assert response.status_code in {400, 404}, (path, response.content.decode())
        assert response.json()["detail"], path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, city, officer, method):
    response = getattr(client, method)(f"{ROOT}/Things", "{}", content_type="application/json")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert "只读" in response.json()["detail"]


def test_head_and_options_are_answered(client, city):
    head = client.head(f"{ROOT}/Things")
    assert (head.status_code, head.content) == (200, b"")
    assert client.options(f"{ROOT}/Things").status_code == 204


WRONG = [
    ("/Things", {"search": "x"}, 501, "$search"),
    ("/Things", {"top": "x"}, 400, "$top"),
    ("/Things", {"filter": "name gt 5"}, 400, "文本"),
    ("/Things", {"filter": "nothing eq 5"}, 400, "properties"),
    ("/Things", {"filter": "name eq 'a' eq true and Datastreams/id eq id"}, 501, "and"),
    ("/Things", {"filter": "matches(name,'.*')"}, 501, "matches"),
    ("/Things", {"filter": "Observations/result gt 1"}, 400, "Observations"),
    ("/Datastreams", {"filter": "Observations/result gt 1"}, 501, "筛选"),
    ("/Things", {"filter": "properties eq 'a'"}, 501, "properties"),
    ("/Things", {"orderby": "Datastreams/name"}, 501, "排序"),
    ("/Things", {"orderby": "nothing"}, 400, "nothing"),
    ("/Things", {"select": "nothing"}, 400, "nothing"),
    ("/Things", {"expand": "Nothing"}, 400, "Nothing"),
    ("/Things", {"expand": "Datastreams($select=nothing)"}, 400, "nothing"),
    ("/Things", {"resultFormat": "dataArray"}, 501, "Observations"),
    ("/Observations", {"resultFormat": "dataArray", "expand": "Datastream"}, 501, "$expand"),
    ("/Things/$count", {}, 501, "$count=true"),
    ("/FeaturesOfInterest", {"expand": "Observations"}, 501, "Datastreams/Observations"),
    ("/Datastreams", {"expand": "Observations($count=true)"}, 501, "计数"),
    ("/Observations", {"skip": "10001"}, 400, "nextLink"),
    ("/Observations", {"skiptoken": "abc"}, 400, "nextLink"),
    ("/Locations", {"filter": "geo.distance(location,geography'POLYGON((0 0,1 0,1 1,0 0))') lt 1"},
     400, "WKT"),
    ("/Locations", {"filter": "st_within(location,geography'POLYGON((')"}, 400, "WKT"),
    ("/Locations", {"filter": "st_relate(location,geography'POINT(1 1)','x')"}, 400, "x"),
]  # fmt: skip


def test_what_is_wrong_is_said_with_its_option(get, city, officer):
    for path, options, status, said in WRONG:
        response = get(path, **options)
        assert response.status_code == status, (path, options, response.content.decode())
        assert said in response.json()["detail"], (path, options)


def test_an_option_that_means_nothing_at_an_address_is_refused(get, city, officer):
    pk = city["KQ-1"].pk
    assert get(f"/Things({pk})", top=1).status_code == 501
    assert get(f"/Things({pk})/name", select="name").status_code == 501


def test_errors_are_told_in_the_readers_language(client, city):
    response = client.get(f"{ROOT}/Things?$top=x", headers={"accept-language": "en"})
    assert "option" in response.json()["detail"]


def test_every_reason_has_words_for_its_values():
    assert set(WORDS) == set(Reason)
    assert all(str(text) for _status, text in WORDS.values())


def test_every_relation_leads_to_a_set_and_has_a_way_back():
    for source in ENTITY_SETS.values():
        for relation in source.entity.relations.values():
            back = ENTITY_SETS[relation.target].entity.relations.values()
            assert any(each.target == source.entity.set_name for each in back), relation
