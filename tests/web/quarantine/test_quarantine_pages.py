"""Refused traffic is seen, found by its reason, explained, and replayed by those who may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from zhihuan.bureau.acquisition.models import QuarantinedFrame
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.hj212.encoder import encode

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(db):
    def keep(**given) -> QuarantinedFrame:
        whole = {"reason": "bad_crc", "mn": "MN1", "peer": "10.0.0.8:4000", "raw": b"##0004x"}
        return QuarantinedFrame.objects.create(**whole | given)

    return keep


def html_of(browser, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_reason_sender_and_bytes_are_shown(kept, platform_store, browser_of):
    kept(reason="unknown_device", mn="STRANGER", raw=b"##0010ST=32;PW=123456")
    html = html_of(browser_of("值班员"), "/quarantine/")
    for words in ("设备未登记", "STRANGER", "10.0.0.8:4000", "##0010ST=32;PW=******"):
        assert words in html, words


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("reason=junk", "JUNKER", "CRCER"),
        ("mn=CRCER", "CRCER", "JUNKER"),
        ("open=1", "CRCER", "REPLAYED"),
        ("reason=junk&mn=CRCER", "没有符合条件的记录", "CRCER</td>"),
    ],
)
def test_it_is_found_by_reason_device_and_whether_dealt_with(
    kept, platform_store, browser_of, query, shown, hidden
):
    kept(reason="junk", mn="JUNKER")
    kept(mn="CRCER")
    kept(mn="REPLAYED", replayed_at=timezone.now())
    html = html_of(browser_of("值班员"), f"/quarantine/?{query}")
    assert shown in html
    assert hidden not in html


def test_reasons_of_the_last_week_are_counted(kept, platform_store, browser_of):
    for _ in range(3):
        kept(reason="junk")
    kept(reason="junk", received=timezone.now() - dt.timedelta(days=8))
    html = html_of(browser_of("值班员"), "/quarantine/")
    assert "近 7 天 3" in html


def test_pages_turn_without_counting(
    kept, platform_store, browser_of, django_assert_max_num_queries
):
    QuarantinedFrame.objects.bulk_create(
        [QuarantinedFrame(reason="junk", raw=b"x", mn=f"N{n:03d}") for n in range(120)]
    )
    browser, seen, address = browser_of("值班员"), [], "/quarantine/?reason=junk"
    html_of(browser, address)  # the registry is read once for the shell
    for _page in range(4):
        with django_assert_max_num_queries(9):
            html = html_of(browser, address)
        seen += [n for n in range(120) if f">N{n:03d}<" in html]
        if 'rel="next"' not in html:
            break
        address = "/quarantine/" + html.split('rel="next" href="')[1].split('"')[0].replace(
            "&amp;", "&"
        )
    assert sorted(seen) == list(range(120))


def test_bytes_that_are_no_text_are_shown_as_hex(kept, platform_store, browser_of):
    item = kept(reason="junk", raw=bytes(range(64)))
    html = html_of(browser_of("值班员"), f"/quarantine/{item.pk}/")
    assert "000010  10 11 12 13" in html


@pytest.mark.parametrize(("days", "said"), [(90, "接收 90 天后自动删除"), (0, "不会自动删除")])
def test_the_page_says_how_long_traffic_is_kept(
    kept, platform_store, browser_of, settings, days, said
):
    settings.ZHIHUAN_QUARANTINE_DAYS = days
    assert said in browser_of("值班员").get("/quarantine/").content.decode()


def test_a_broken_frame_is_explained(kept, platform_store, browser_of):
    raw = encode(
        qn="20260503100000000", st="32", cn="2011", pw="123456", mn="MN1", flag=5,
        cp="DataTime=20260503100000;w01018-Rtd=1.0",
    ).replace(b"1.0", b"2.0")  # fmt: skip
    item = kept(raw=raw)
    html = html_of(browser_of("值班员"), f"/quarantine/{item.pk}/")
    assert "CRC 校验错误" in html
    assert "PW=123456" not in html


@pytest.mark.parametrize("size", [0, 1, 200_000])
def test_any_amount_of_bytes_can_be_shown(kept, platform_store, browser_of, size):
    item = kept(reason="junk", raw=b"\xff" * size)
    html = html_of(browser_of("值班员"), f"/quarantine/{item.pk}/")
    assert len(html) < 400_000


def test_replaying_is_offered_only_where_it_can_help_and_to_those_who_may(
    kept, outlet, platform_store, browser_of
):
    mn = outlet.devices.get().mn
    replayable, hopeless = kept(mn=mn), kept(mn=mn, reason="junk")
    assert "重放此报文" in html_of(browser_of("值班员"), f"/quarantine/{replayable.pk}/")
    assert "重放此报文" not in html_of(browser_of("值班员"), f"/quarantine/{hopeless.pk}/")
    assert "重放此报文" not in html_of(browser_of("执法人员"), f"/quarantine/{replayable.pk}/")


def test_whoever_may_not_replay_is_refused(kept, outlet, platform_store, browser_of):
    item = kept(mn=outlet.devices.get().mn)
    assert browser_of("执法人员").post(f"/quarantine/{item.pk}/replay/").status_code == 403
    assert not AuditEntry.objects.exists()


def test_replaying_changes_nothing_by_get(kept, platform_store, browser_of):
    item = kept()
    assert browser_of("值班员").get(f"/quarantine/{item.pk}/replay/").status_code == 405


def test_a_replayed_frame_shows_on_the_map(kept, outlet, platform_store, browser_of):
    mn, stamp = outlet.devices.get().mn, timezone.localtime().strftime("%Y%m%d%H%M%S")
    raw = encode(
        qn=f"{stamp}000", st="32", cn="2011", pw="123456", mn=mn, flag=5,
        cp=f"DataTime={stamp};w01018-Rtd=66.6,w01018-Flag=N",
    )  # fmt: skip
    item = kept(reason="unknown_device", mn=mn, raw=raw)
    browser = browser_of("值班员")
    assert "66.6" not in html_of(browser, "/live/")
    response = browser.post(f"/quarantine/{item.pk}/replay/", follow=True)
    assert "已重放：写入 1 条数据" in response.content.decode()
    assert "66.6" in html_of(browser, "/live/")


def test_what_cannot_be_replayed_says_why(kept, platform_store, browser_of):
    item = kept(reason="unknown_device", mn="STRANGER")
    response = browser_of("值班员").post(f"/quarantine/{item.pk}/replay/", follow=True)
    assert "未能重放：设备未登记" in response.content.decode()
