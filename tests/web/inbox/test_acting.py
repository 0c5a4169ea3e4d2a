"""Taking on, giving back and giving out from the page."""

from __future__ import annotations

import pytest

from zhihuan.bureau.inbox.models import Claim

pytestmark = pytest.mark.django_db


def test_a_button_takes_it_on_and_leads_back(filed, browse):
    browser = browse(filed.cast.officer)
    back = "/inbox/?whose=free"
    response = browser.post(f"/inbox/{filed.matter.pk}/take/", {"back": back}, follow=True)
    assert response.redirect_chain == [(back, 302)]
    assert "已领取：某印染厂超标排放。" in response.content.decode()
    assert Claim.objects.get().holder == filed.cast.officer


def test_one_is_never_led_to_a_stranger_s_site(filed, browse):
    browser = browse(filed.cast.officer)
    address = f"/inbox/{filed.matter.pk}/take/"
    response = browser.post(address, {"back": "https://evil.example/"})
    assert response["Location"] == "/inbox/"


def test_the_second_is_told_that_somebody_has_it(filed, browse):
    browse(filed.cast.second).post(f"/inbox/{filed.matter.pk}/take/")
    response = browse(filed.cast.officer).post(f"/inbox/{filed.matter.pk}/take/", follow=True)
    assert "已由他人领取" in response.content.decode()


def test_what_one_may_not_look_at_is_not_there(filed, browse):
    browser = browse(filed.cast.stranger)
    for act in ("take", "give-back", "assign"):
        assert browser.post(f"/inbox/{filed.matter.pk}/{act}/").status_code == 404, act


def test_whoever_may_look_but_not_act_is_refused(decided, browse):
    # it waits for the party alone: the officer still sees the matter
    browser = browse(decided.cast.officer)
    for act in ("take", "assign"):
        assert browser.post(f"/inbox/{decided.matter.pk}/{act}/").status_code == 403, act


def test_reading_takes_nothing_on(filed, browse):
    assert browse(filed.cast.officer).get(f"/inbox/{filed.matter.pk}/take/").status_code == 405


def test_it_is_given_back(filed, browse):
    browser = browse(filed.cast.officer)
    browser.post(f"/inbox/{filed.matter.pk}/take/")
    browser.post(f"/inbox/{filed.matter.pk}/give-back/")
    assert not Claim.objects.exists()


def test_it_is_given_to_a_colleague_who_may_go_on_with_it(filed, browse):
    cast = filed.cast
    browser = browse(cast.head)
    address = f"/inbox/{filed.matter.pk}/assign/"
    page = browser.get(address).content.decode()
    assert "second" in page
    assert "stranger" not in page
    given = {"to": cast.second.pk, "note": "请先核实"}
    response = browser.post(address, given, follow=True)
    assert "已交办。" in response.content.decode()
    assert Claim.objects.get().holder == cast.second


def test_somebody_who_may_not_go_on_with_it_cannot_be_chosen(filed, browse):
    address = f"/inbox/{filed.matter.pk}/assign/"
    response = browse(filed.cast.head).post(address, {"to": filed.cast.stranger.pk})
    assert response.status_code == 422
    assert not Claim.objects.exists()
