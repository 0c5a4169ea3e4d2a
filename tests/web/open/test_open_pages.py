"""The public pages: for everybody, small, without scripts, and nothing that is not declared."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from zhihuan.bureau.disclosure.today import forget_look
from zhihuan.web.templatetags.assets import MANIFEST

AIR = {
    "a34004": 30.0,
    "a34002": 40.0,
    "a05024": 60.0,
    "a21026": 0.008,
    "a21004": 0.02,
    "a21005": 0.6,
}
LIMIT = {"factor": "w01018", "kind": "hour", "upper": 80, "basis": "GB 4287-2012", "clause": "表2"}
MOST_BYTES = 100_000


@pytest.fixture
def air(station, sent):
    point = station("ambient_air")
    sent(point, **AIR)
    return point


@pytest.fixture
def reader(client):
    """``reader("/open/")``: the page as a stranger gets it."""

    def read(address: str) -> str:
        found = client.get(address)
        assert found.status_code == 200, address
        return found.content.decode()

    return read


def test_the_home_says_the_air_in_words_number_and_place(air, reader):
    page = reader("/open/")
    assert re.search(r'<span class="status" data-kind="done">优</span>', page)
    assert f'href="/open/stations/{air.code}/"' in page
    assert 'fill="#00e400"' in page
    assert "（模拟）" in page
    assert "未经审核" in page


@pytest.mark.parametrize("subject", ["air", "water", "noise", "emission"])
def test_every_subject_has_its_page_with_the_law_it_is_published_by(
    subject, reader, platform_store, db
):
    page = reader(f"/open/{subject}/")
    assert "中华人民共和国生态环境法典" in page
    assert "2026-08-15 起施行" in page
    assert "没有公开的站点" in page


def test_a_station_tells_its_judgement_with_standard_clause_and_days(air, reader):
    page = reader(f"/open/stations/{air.code}/")
    assert "为什么这样评价" in page
    assert re.search(r"HJ 633-20\d\d", page)
    assert re.search(r"（\d{4}-\d\d-\d\d (起施行|至 )", page)
    assert "30.0" in page or "30" in page
    assert f"/api/v1/public/stations/{air.code}/hours.csv" in page


def test_an_outlet_is_told_with_its_limits_and_nothing_of_its_people(station, sent, firm, reader):
    point = station("wastewater", enterprise=firm("key"), limits=[LIMIT])
    sent(point, w01018=95.0, w21003=3.0)
    for address in ("/open/emission/", f"/open/stations/{point.code}/"):
        page = reader(address)
        assert "超过限值" in page
        for secret in ("张三", "不公开的地址", point.devices.get().mn, "氨氮"):
            assert secret not in page


def test_what_is_not_published_is_not_found(station, firm, client, platform_store):
    for point in (station("power"), station("wastewater", enterprise=firm("registered"))):
        assert client.get(f"/open/stations/{point.code}/").status_code == 404
    assert client.get("/open/stations/NONE/").status_code == 404
    assert client.get("/open/secrets/").status_code == 404


def test_a_long_list_has_pages_and_shows_each_station_once(station, sent, reader, monkeypatch):
    monkeypatch.setattr("zhihuan.web.open.views.ROWS", 3)
    codes = sorted(station("noise").code for _n in range(8))
    found, address = [], "/open/noise/"
    while address:
        page = reader(address)
        table = page[page.index("<table") :]
        found += re.findall(r'<th scope="row"[^>]*><a href="/open/stations/([^/]+)/', table)
        following = re.search(r'rel="next" href="(\?after=[^"]+)"', page)
        address = f"/open/noise/{following[1]}" if following else ""
    assert found == codes


@pytest.mark.parametrize("address", ["/open/", "/open/air/", "/open/data/"])
def test_a_page_holds_no_inline_style_and_needs_no_script(address, air, reader):
    page = reader(address)
    assert " style=" not in page
    assert "<style" not in page
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert "data-island" not in page


def test_the_public_home_is_small(station, sent, reader):
    """All that a first visit loads, gzipped, in a city with twice as many stations as it has towns."""
    for _n in range(46):
        sent(station("ambient_air"), **AIR)
    forget_look()
    page = reader("/open/")
    loaded = re.findall(r'(?:src|href)="/static/([^"?]+\.(?:css|js|svg))"', page)
    if MANIFEST.is_file():
        assert any(name.startswith("dist/main") for name in loaded)
    files = [Path(finders.find(name)).read_bytes() for name in loaded]
    weight = sum(len(gzip.compress(each, 6)) for each in [page.encode(), *files])
    assert weight <= MOST_BYTES, {
        name: len(gzip.compress(f, 6)) for name, f in zip(loaded, files, strict=True)
    }


def test_pages_cost_no_query_while_the_look_is_fresh(
    air, client, django_assert_num_queries, settings
):
    settings.ZHIHUAN_API_PER_ADDRESS = 0
    client.get("/open/")
    for address in ("/open/", "/open/air/", "/open/data/"):
        with django_assert_num_queries(0):
            assert client.get(address).status_code == 200


def test_one_address_may_not_ask_without_end(air, client, settings):
    settings.ZHIHUAN_API_PER_ADDRESS = 3
    answers = [client.get("/open/", REMOTE_ADDR="192.0.2.99") for _n in range(5)]
    assert [each.status_code for each in answers] == [200] * 3 + [429] * 2
    assert int(answers[-1]["Retry-After"]) > 0
    assert "访问过于频繁" in answers[-1].content.decode()


def test_whoever_is_signed_in_sees_the_same(air, browser_of, reader):
    signed_in = browser_of("值班员").get("/open/").content.decode()
    assert reader("/open/").count("/open/stations/") == signed_in.count("/open/stations/")


def test_a_page_is_kept_by_the_reader_alone_and_refuses_other_methods(air):
    browser = Client()
    found = browser.get("/open/")
    assert "private" in found["Cache-Control"]
    assert "max-age=60" in found["Cache-Control"]
    assert browser.post("/open/").status_code == 405


def test_the_numbers_of_the_site_stand_at_its_foot(air, reader, settings):
    assert "open-numbers" not in reader("/open/")
    settings.ZHIHUAN_SITE_NUMBERS = "网站标识码 4420000001"
    assert "网站标识码 4420000001" in reader("/open/")


CHINESE = re.compile(r"[\u3400-\u9fff；，：（）]")


def _shown(page: str, *parts: str) -> str:
    """The text of those parts of a page."""
    found = [text for part in parts for text in re.findall(part, page, re.DOTALL)]
    assert len(found) >= len(parts)
    return re.sub(r"<[^>]+>", " ", " ".join(found))


def test_an_english_reader_reads_subjects_judgements_factors_and_towns_in_english(
    air, station, sent, firm, client
):
    outlet = station("wastewater", enterprise=firm("key"), limits=[LIMIT])
    sent(outlet, w01018=95.0)
    client.cookies["zhihuan_language"] = "en"
    parts = (
        r'<nav class="open-nav".*?</nav>',
        r"<thead.*?</thead>",
        r'<span class="status".*?</span>',
    )
    for address in ("/open/", "/open/emission/", f"/open/stations/{air.code}/"):
        text = _shown(client.get(address).content.decode(), *parts)
        assert not CHINESE.search(text), CHINESE.findall(text)
    home = client.get("/open/").content.decode()
    assert not CHINESE.search(
        _shown(home, r'<div class="open-tiles">.*?<h2>', r"<svg.*?</svg>").replace(air.name, "")
    )
    assert "Excellent" in home
    assert "Ozone" in home
    outlets = client.get("/open/emission/").content.decode()
    assert "COD 95.0 mg/L (80)" in outlets
    assert "Over the limit" in outlets


def test_every_word_of_a_judgement_and_every_declared_factor_has_its_english():
    """The words stand in the rooms that judge: one added there and not here stays Chinese."""
    from django.utils.translation import override

    from zhihuan.bureau.disclosure.declaration import subjects
    from zhihuan.web.open.words import JUDGEMENTS, factor_name, told

    folder = Path(__file__).parents[3] / "src/zhihuan/bureau/disclosure"
    sources = "".join(file.read_text("utf-8") for file in folder.glob("*.py"))
    judged = set(re.findall(r'Judgement\("([^"]+)"', sources))
    assert judged
    assert judged <= set(JUDGEMENTS)
    with override("en"):
        names = [told(each) for each in JUDGEMENTS] + [told(s.title) for s in subjects().values()]
        names += [factor_name(code) for each in subjects().values() for code in each.factors]
    assert not [each for each in names if CHINESE.search(each)]
