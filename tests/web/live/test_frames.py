"""The bytes as devices sent them: found, explained, secrets masked."""

from __future__ import annotations

import time

import pytest
from django.utils import timezone

from zhihuan.bureau.registry.models import Device
from zhihuan.hj212.encoder import encode
from zhihuan.telemetry.digest import frame_id, sm3
from zhihuan.telemetry.rows import Batch

pytestmark = pytest.mark.django_db
ADDRESS = "/live/points/WS-001/frames/"


@pytest.fixture
def frames(platform_store, outlet):
    """``frames(count)``: so many real-time frames, one a minute; their ids, newest first."""

    def write(count: int, mn: str = "", days_ago: int = 0) -> list[int]:
        mn = mn or outlet.devices.order_by("pk").first().mn
        batch, now = Batch(), int(time.time()) - days_ago * 86_400
        for age in range(count):
            sent = timezone.localtime(timezone.now() - timezone.timedelta(days_ago, minutes=age))
            stamp = sent.strftime("%Y%m%d%H%M%S")
            raw = encode(
                qn=f"{stamp}000", st="32", cn="2011", pw="s3cret", mn=mn, flag=5,
                cp=f"DataTime={stamp};w01018-Rtd={age}.5,w01018-Flag=N",
            )[:-2]  # fmt: skip
            digest = sm3(raw)
            row = {
                "mn": mn, "received": (now - age * 60) * 1000, "frame_id": frame_id(digest),
                "cn": "2011", "st": "32", "qn": f"{stamp}000", "data_time": now - age * 60,
                "raw": raw, "sm3": digest,
            }  # fmt: skip
            for column, cell in row.items():
                getattr(batch.frames, column).append(cell)
        platform_store.write(batch)
        return batch.frames.frame_id

    return write


def test_frames_are_listed_newest_first_with_what_they_carry(frames, browser_of):
    ids = frames(3)
    html = browser_of("值班员").get(ADDRESS).content.decode()
    places = [html.index(f"/{each}/") for each in ids]
    assert places == sorted(places)
    assert "实时数据" in html


def test_no_page_of_frames_shows_the_password(frames, browser_of):
    (only,) = frames(1)
    browser = browser_of("值班员")
    for address in (ADDRESS, f"{ADDRESS}{browser_mn()}/{only}/"):
        html = browser.get(address).content.decode()
        assert "s3cret" not in html, address
        assert "PW=******" in html, address


def browser_mn() -> str:
    return Device.objects.order_by("pk").first().mn


def test_a_frame_is_told_field_by_field(frames, browser_of):
    (only,) = frames(1)
    html = browser_of("值班员").get(f"{ADDRESS}{browser_mn()}/{only}/").content.decode()
    for words in ("HJ 212-2017", "化学需氧量", "请求编码", "HJ 212-2017，6.3.2", "0.5"):
        assert words in html, words


def test_every_frame_is_reached_by_turning_pages_and_none_twice(frames, browser_of):
    ids, browser, seen = frames(120), browser_of("值班员"), []
    address = ADDRESS
    for _page in range(5):
        html = browser.get(address).content.decode()
        seen += [each for each in ids if f"/{each}/" in html]
        if 'rel="next"' not in html:
            break
        address = ADDRESS + html.split('rel="next" href="')[1].split('"')[0]
    assert sorted(seen) == sorted(ids)


def test_frames_of_a_device_silent_for_long_are_still_reached(frames, browser_of):
    ids = frames(60, days_ago=40) + frames(3, days_ago=100)
    browser, seen, address = browser_of("值班员"), [], ADDRESS
    for _page in range(4):
        html = browser.get(address).content.decode()
        seen += [each for each in ids if f"/{each}/" in html]
        if 'rel="next"' not in html:
            break
        address = ADDRESS + html.split('rel="next" href="')[1].split('"')[0]
    assert sorted(seen) == sorted(ids)
    assert 'rel="next"' not in html


def test_frames_of_all_the_point_s_devices_are_one_list(frames, outlet, browser_of):
    Device.objects.create(mn="SECOND", point=outlet, system_type="32")
    ids = frames(2) + frames(2, "SECOND")
    html = browser_of("值班员").get(ADDRESS).content.decode()
    assert all(f"/{each}/" in html for each in ids)


@pytest.mark.parametrize("tail", ["SOMEONE/1/", "44200012345678901234ABCD/999/"])
def test_a_frame_of_another_point_or_none_is_not_found(frames, browser_of, tail):
    frames(1)
    assert browser_of("值班员").get(ADDRESS + tail).status_code == 404


def test_a_point_without_frames_says_so(outlet, platform_store, browser_of):
    assert "没有收到报文" in browser_of("值班员").get(ADDRESS).content.decode()
