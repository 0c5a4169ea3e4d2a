"""The list and the map are one query, without scripts too, at a constant price."""

from __future__ import annotations

import json
import re

import pytest

from zhihuan.bureau.registry.models import Device, MonitoringPoint, PointFactor

pytestmark = pytest.mark.django_db

QUERIES = [
    "",
    "q=印染",
    "q=ws-001",
    "q=44200012345678901234ABCD",
    "q=印染 三角",
    "q=nothing",
    "town=三角镇",
    "town=小榄镇",
    "kind=river",
    "kind=river&kind=wastewater",
    "state=exceeding",
    "state=offline&state=exceeding",
    "state=nonsense",
    "q=河&town=小榄镇&kind=river&state=offline",
]


@pytest.fixture
def city(outlet, report):
    report("w01018", 66.6)
    MonitoringPoint.objects.bulk_create(
        [
            MonitoringPoint(
                code=f"RV-{n:03d}",
                name=f"小榄水道{n}号站 河口",
                kind="river",
                town_id="442000118",
                lon=113.2,
                lat=22.6,
            )
            for n in range(60)
        ]
    )


def codes_of(html: str) -> list[str]:
    return re.findall(r'<tr data-point="([^"]+)"', html)


@pytest.mark.parametrize("query", QUERIES)
def test_list_and_map_show_the_same_points(city, browser_of, query):
    browser = browser_of("值班员")
    document = json.loads(browser.get(f"/live/points.json?{query}").content)
    listed: list[str] = []
    for page in (1, 2):
        html = browser.get(f"/live/?{query}&page={page}").content.decode()
        found = codes_of(html)
        if found != listed[-len(found) :]:
            listed += found
    assert listed == document["columns"]["code"]
    assert document["total"] == len(listed)
    assert f'data-total="{len(listed)}"' in html


def test_what_needs_a_person_comes_first(city, browser_of):
    html = browser_of("值班员").get("/live/").content.decode()
    assert codes_of(html)[0] == "WS-001"
    assert "超标" in html


def test_counts_are_the_whole_city_s_and_equal_the_lists_they_open(city, browser_of):
    browser = browser_of("值班员")
    counts = json.loads(browser.get("/live/points.json?kind=noise").content)["counts"]
    assert counts == {"total": 61, "normal": 0, "exceeding": 1, "abnormal": 0, "offline": 60}
    for state in ("normal", "exceeding", "abnormal", "offline"):
        opened = json.loads(browser.get(f"/live/points.json?state={state}").content)
        assert opened["total"] == counts[state], state


def test_every_column_has_a_cell_for_every_point(city, browser_of):
    columns = json.loads(browser_of("值班员").get("/live/points.json").content)["columns"]
    assert set(columns) == {
        "code", "name", "kind", "town", "lon", "lat", "state", "lastSeen", "headline",
    }  # fmt: skip
    assert {len(column) for column in columns.values()} == {61}
    first = {name: column[0] for name, column in columns.items()}
    assert (first["code"], first["state"], first["kind"]) == ("WS-001", "exceeding", "wastewater")
    assert (first["lon"], first["lat"]) == (113.42, 22.68)
    assert first["headline"] == "化学需氧量 66.6 mg/L"
    assert isinstance(first["lastSeen"], int)
    assert columns["lastSeen"][1] is None


def test_the_map_s_data_travel_compressed(city, browser_of):
    response = browser_of("值班员").get("/live/points.json", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert "no-store" in response["Cache-Control"]


def test_an_htmx_request_gets_the_list_alone(city, browser_of):
    response = browser_of("值班员").get("/live/?state=exceeding", headers={"hx-request": "true"})
    html = response.content.decode()
    assert html.strip().startswith("<section")
    assert codes_of(html) == ["WS-001"]
    assert "HX-Request" in response["Vary"]


def test_pages_keep_the_filters(city, browser_of):
    html = browser_of("值班员").get("/live/?kind=river&q=站").content.decode()
    assert len(codes_of(html)) == 50
    link = re.search(r'rel="next" href="\?([^"]+)"', html).group(1)
    assert {"kind=river", "page=2"} <= set(link.replace("&amp;", "&").split("&"))
    second = browser_of("值班员").get(f"/live/?{link.replace('&amp;', '&')}").content.decode()
    assert len(codes_of(second)) == 10


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "1e3"])
def test_a_page_that_is_not_there_shows_the_nearest(city, browser_of, page):
    assert browser_of("值班员").get(f"/live/?page={page}").status_code == 200


def test_an_empty_list_says_what_to_do(city, browser_of):
    html = browser_of("值班员").get("/live/?q=nothing").content.decode()
    assert "没有符合条件的点位" in html
    assert "请放宽查询条件" in html


def test_a_search_is_shown_back_as_text(city, browser_of):
    html = browser_of("值班员").get("/live/?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def queries_of(browser, address, capture) -> int:
    browser.get(address)  # session and registry are warm
    with capture() as taken:
        assert browser.get(address).status_code == 200
    return len(taken)


@pytest.fixture
def capture():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)


@pytest.mark.parametrize("address", ["/live/", "/live/points.json", "/live/?q=WS&state=offline"])
def test_the_number_of_queries_does_not_depend_on_the_number_of_points(
    outlet, report, browser_of, capture, address
):
    report("w01018", 66.6)
    browser = browser_of("值班员")
    few = queries_of(browser, address, capture)
    made = MonitoringPoint.objects.bulk_create(
        [
            MonitoringPoint(
                code=f"P{n}", name="x", kind="river", town_id="442000118", lon=113, lat=22
            )
            for n in range(80)
        ]
    )
    Device.objects.bulk_create([Device(mn=f"M{point.code}", point=point) for point in made])
    PointFactor.objects.bulk_create([PointFactor(point=point, factor="w01018") for point in made])
    assert queries_of(browser, address, capture) == few <= 8


def test_the_banner_is_shown_only_over_synthetic_data(outlet, platform_store, browser_of):
    browser = browser_of("值班员")
    assert "synthetic-banner" in browser.get("/live/").content.decode()
    MonitoringPoint.objects.update(synthetic=False)
    assert "synthetic-banner" not in browser.get("/live/").content.decode()


def test_a_key_of_tianditu_opens_its_tiles_and_nothing_else(outlet, platform_store, browser_of):
    response = browser_of("值班员").get("/live/")
    assert "tianditu.gov.cn" not in response["Content-Security-Policy"]
