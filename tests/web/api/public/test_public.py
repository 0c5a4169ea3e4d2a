"""The public part: open to everybody, what the declaration names and no more, kept by caches."""

from __future__ import annotations

import csv
import io
import json

import geopandas
import pytest

from zhihuan.bureau.registry.models import Contact
from zhihuan.web.api.interface import openapi_document

API = "/api/v1/public"
LIMIT = {"factor": "w01018", "kind": "hour", "upper": 80, "basis": "GB 4287-2012", "clause": "表2"}
AIR = {
    "a34004": 30.0,
    "a34002": 40.0,
    "a05024": 60.0,
    "a21026": 0.008,
    "a21004": 0.02,
    "a21005": 0.6,
}
#: Every address of the public part; the station's code is filled in.
ADDRESSES = ["today", "declaration", "stations", "latest", "stations.geojson", "latest.csv",
             "stations/{code}", "stations/{code}/hours", "stations/{code}/hours.csv"]  # fmt: skip


@pytest.fixture
def air(station, sent):
    point = station("ambient_air")
    sent(point, **AIR)
    return point


@pytest.fixture
def outlet_of_a_firm(station, sent, firm):
    enterprise = firm("key")
    point = station("wastewater", enterprise=enterprise, limits=[LIMIT])
    sent(point, w01018=95.0, w21003=3.0)
    Contact.objects.create(enterprise=enterprise, name="李四", phone="13800000000")
    return point


def test_these_are_all_addresses_of_the_public_part():
    paths = [path for path in openapi_document()["paths"] if "/public/" in path]
    assert sorted(paths) == sorted(f"{API}/{each.format(code='{key}')}" for each in ADDRESSES)
    for path in paths:
        assert openapi_document()["paths"][path]["get"]["security"] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_anybody_may_ask_and_caches_may_keep_the_answer(address, air, client):
    url = f"{API}/{address.format(code=air.code)}"
    found = client.get(url)
    assert found.status_code == 200
    assert found["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in found["Vary"]
    assert "Authorization" not in found["Vary"]
    assert not found.cookies
    again = client.get(url, headers={"If-None-Match": found["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_of_people_devices_or_what_is_not_declared_leaves(
    address, air, outlet_of_a_firm, client
):
    for point in (air, outlet_of_a_firm):
        text = client.get(f"{API}/{address.format(code=point.code)}").content.decode()
        secrets = ("李四", "13800000000", "张三", "不公开的地址", point.devices.get().mn, "123456;")
        assert not [each for each in secrets if each in text]
        assert "w21003" not in text or address == "declaration", "it has no limit there"


def test_a_station_that_is_not_published_is_not_found(station, client, platform_store):
    hidden = station("power")
    for address in ("", "/hours", "/hours.csv"):
        assert client.get(f"{API}/stations/{hidden.code}{address}").status_code == 404
        assert client.get(f"{API}/stations/NO-SUCH{address}").status_code == 404


def test_the_latest_values_come_with_their_judgement_and_its_law(air, client):
    (found,) = client.get(f"{API}/latest").json()["items"]
    assert found["judgement"]["word"] == "优"
    assert found["judgement"]["colour"] == "#00e400"
    assert any("HJ 633" in each for each in found["judgement"]["standards"])
    values = {each["factor"]: each for each in found["values"]}
    assert values["a34004"] | {"at": ""} == {
        "factor": "a34004", "name": "细微颗粒物PM2.5", "unit": "µg/m³", "data": "hour", "at": "",
        "value": 30.0, "valid": True, "upper": None, "lower": None,
    }  # fmt: skip


def test_a_station_tells_why(air, client):
    found = client.get(f"{API}/stations/{air.code}").json()
    basis = found["derivation"]["basis"][0]
    assert basis["clause"]
    assert basis["in_force_from"]
    assert found["derivation"]["steps"]
    assert found["synthetic"] is True


def test_today_counts_judgements_and_makes_no_figure_of_the_city(air, outlet_of_a_firm, client):
    found = {each["subject"]: each for each in client.get(f"{API}/today").json()["subjects"]}
    assert found["air"]["words"] == {"优": 1}
    assert found["emission"]["words"] == {"超过限值": 1}
    assert (found["noise"]["stations"], found["noise"]["at"]) == (0, None)


def test_pages_lead_through_all_stations_once(station, client, platform_store):
    codes = sorted(station("noise").code for _n in range(7))
    found, address = [], f"{API}/stations?limit=3&subject=noise"
    while address:
        page = client.get(address).json()
        found += [each["code"] for each in page["items"]]
        address = page["next"]
    assert found == codes
    changed = client.get(f"{API}/stations?limit=3&subject=air&cursor=x")
    assert changed.status_code == 400


def test_hours_are_those_of_published_factors(outlet_of_a_firm, sent, client):
    sent(outlet_of_a_firm, w01018=70.0, w21003=2.0, age_hours=5)
    items = client.get(f"{API}/stations/{outlet_of_a_firm.code}/hours").json()["items"]
    assert [(each["factor"], each["value"]) for each in items] == [
        ("w01018", 70.0),
        ("w01018", 95.0),
    ]
    long = client.get(f"{API}/stations/{outlet_of_a_firm.code}/hours?start=2026-01-01T00:00:00Z")
    assert long.status_code == 422


def test_the_table_opens_in_a_spreadsheet_and_holds_no_formula(air, client):
    type(air).objects.update(name="=HYPERLINK(1)")
    found = client.get(f"{API}/latest.csv")
    assert found["Content-Type"] == "text/csv; charset=utf-8"
    assert found.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(found.content.decode("utf-8-sig"))))
    assert len(rows) == 6
    assert {row["站点名称"] for row in rows} == {"'=HYPERLINK(1)"}
    assert {row["评价"] for row in rows} == {"优"}
    assert {row["模拟数据"] for row in rows} == {"是"}


def test_a_reader_of_geojson_reads_the_places(air, client, tmp_path):
    file = tmp_path / "places.geojson"
    file.write_bytes(client.get(f"{API}/stations.geojson").content)
    frame = geopandas.read_file(file)
    assert list(frame["word"]) == ["优"]
    assert frame.geometry[0].coords[0] == (air.lon, air.lat)


def test_one_address_may_not_ask_without_end(air, client, settings):
    settings.ZHIHUAN_API_PER_ADDRESS = 5
    answers = [client.get(f"{API}/today", REMOTE_ADDR="192.0.2.77").status_code for _n in range(7)]
    assert answers == [200] * 5 + [429] * 2
    assert client.get(f"{API}/today", REMOTE_ADDR="192.0.2.78").status_code == 200


def test_a_slip_in_a_parameter_does_not_ask_for_everything(air, client):
    refused = client.get(f"{API}/latest?sbject=air")
    assert refused.status_code == 422
    assert "subject" in json.dumps(refused.json(), ensure_ascii=False)


def test_a_store_that_does_not_answer_is_told(air, client, monkeypatch):
    from zhihuan.telemetry.store import StoreUnavailable

    def down(*_args, **_given):
        raise StoreUnavailable("secret host")

    monkeypatch.setattr("zhihuan.bureau.disclosure.today._readings", down)
    refused = client.get(f"{API}/latest")
    assert refused.status_code == 503
    assert "secret" not in refused.content.decode()
