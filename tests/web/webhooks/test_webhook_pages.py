"""Webhooks are set up and looked after on pages: by their owner, on their word, audited."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.webhooks.models import Delivery, Subscription
from zhihuan.bureau.webhooks.trial import try_out

PASSWORD = "correct horse battery"


@pytest.fixture
def someone(person, platform_store):
    """``someone("档案管理员")``: a browser of somebody with a password."""

    def make(*roles: str, name: str = "") -> Client:
        user = person(*roles, name=name)
        user.set_password(PASSWORD)
        user.save()
        browser = Client()
        browser.force_login(user)
        browser.user = user
        return browser

    return make


def asked(**given):
    usual = {"name": "交换平台", "url": "https://open.example/hook", "kinds": ["record.changed"]}
    return usual | {"password": PASSWORD} | given


@pytest.fixture
def mine(someone):
    browser = someone("档案管理员")
    answer = browser.post("/webhooks/new/", asked())
    assert answer.status_code == 201, answer.content.decode()
    browser.secret = re.search(r">(whsec_[^<]+)<", answer.content.decode())[1]
    browser.pk = Subscription.objects.get().pk
    return browser


def test_the_secret_is_shown_once(mine):
    for address in ("/webhooks/", f"/webhooks/{mine.pk}/"):
        page = mine.get(address).content.decode()
        assert "交换平台" in page
        assert mine.secret not in page
    assert mine.secret not in str(list(AuditEntry.objects.values()))
    assert AuditEntry.objects.get(action="webhook.set_up").actor == mine.user


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"url": "http://open.example/"}, "url"),
        ({"url": "https://127.0.0.1/"}, "url"),
        ({"url": "https://a:b@open.example/"}, "url"),
        ({"kinds": []}, "kinds"),
        ({"kinds": ["webhook.trial"]}, "kinds"),
        ({"name": " "}, "name"),
        ({"password": "wrong"}, "password"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(someone, wrong, field):
    answer = someone("档案管理员").post("/webhooks/new/", asked(**wrong))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Subscription.objects.exists()


def test_rotating_gives_another_secret_and_asks_for_the_password(mine):
    address = f"/webhooks/{mine.pk}/rotate/"
    assert mine.post(address, {"password": "wrong"}).status_code == 422
    again = mine.post(address, {"password": PASSWORD})
    assert again.status_code == 201
    assert mine.secret not in again.content.decode()
    assert len(Subscription.objects.get().secrets()) == 2


def test_a_delivery_is_looked_at_and_replayed(mine):
    made = mine.post(f"/webhooks/{mine.pk}/try/")
    delivery = Delivery.objects.get()
    assert made["Location"] == f"/webhooks/deliveries/{delivery.pk}/"
    assert "待投递" in mine.get(made["Location"]).content.decode()
    refused = mine.post(f"{made['Location']}replay/", follow=True).content.decode()
    assert "无须重投" in refused
    Delivery.objects.update(state="dead", attempts=10, outcome="接收方拒绝连接")
    page = mine.get(made["Location"]).content.decode()
    assert "接收方拒绝连接" in page
    assert "重新投递" in page
    mine.post(f"{made['Location']}replay/")
    assert (Delivery.objects.get().state, Delivery.objects.get().attempts) == ("waiting", 0)
    log = mine.get(f"/webhooks/{mine.pk}/?state=waiting").content.decode()
    assert "试投" in log


def test_somebody_else_s_are_not_found(mine, someone):
    mine.post(f"/webhooks/{mine.pk}/try/")
    delivery = Delivery.objects.get().pk
    other = someone("值班员")
    for address in (
        f"/webhooks/{mine.pk}/",
        f"/webhooks/{mine.pk}/rotate/",
        f"/webhooks/deliveries/{delivery}/",
    ):
        assert other.get(address).status_code == 404
    for address in (
        f"/webhooks/{mine.pk}/switch/",
        f"/webhooks/{mine.pk}/try/",
        f"/webhooks/deliveries/{delivery}/replay/",
    ):
        assert other.post(address).status_code == 404
    assert "交换平台" not in other.get("/webhooks/").content.decode()


def test_the_security_administrator_sees_all_and_may_stop_but_not_use_them(mine, someone):
    guard = someone("安全管理员")
    assert "交换平台" in guard.get("/webhooks/").content.decode()
    assert guard.post(f"/webhooks/{mine.pk}/rotate/", {"password": PASSWORD}).status_code == 403
    assert guard.post(f"/webhooks/{mine.pk}/try/").status_code == 403
    assert guard.post(f"/webhooks/{mine.pk}/switch/", {"on": "0"}).status_code == 302
    assert not Subscription.objects.get().is_active
    assert guard.post(f"/webhooks/{mine.pk}/switch/", {"on": "1"}).status_code == 403
    assert mine.post(f"/webhooks/{mine.pk}/switch/", {"on": "1"}).status_code == 302
    assert Subscription.objects.get().is_active


def test_a_role_without_the_right_sets_nothing_up(someone):
    assert someone("执法人员").get("/webhooks/new/").status_code == 403


def test_the_log_costs_the_same_however_long_it_is(mine, django_assert_max_num_queries):
    subscription = Subscription.objects.get()
    for _n in range(40):
        try_out(subscription, by=mine.user)
    with django_assert_max_num_queries(12):
        assert mine.get(f"/webhooks/{mine.pk}/").status_code == 200
