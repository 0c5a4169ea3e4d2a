"""Alive and ready are two questions; the reasons are for those who may know them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from zhihuan.telemetry.store import StoreUnavailable
from zhihuan.web.operations import readiness

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forgotten():
    readiness._checked.clear()


def test_alive_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/livez")
    assert (response.status_code, response.json()) == (200, {"alive": True})


def test_ready_when_everything_answers(platform_store, client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "reasons": {"database": "ok", "migrations": "ok", "store": "ok"},
    }


def test_the_reasons_are_not_for_strangers(platform_store, client):
    assert client.get("/readyz", REMOTE_ADDR="10.0.0.8").json() == {"ready": True}


def test_not_ready_while_the_store_is_away(platform_store, client, monkeypatch):
    def down(*_args, **_given):
        raise StoreUnavailable("10.1.2.3:9000 refused")

    monkeypatch.setattr(platform_store, "events", down)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["reasons"]["store"] == "unavailable"
    assert b"10.1.2.3" not in response.content


def test_not_ready_on_tables_of_another_version(platform_store, client):
    recorder = MigrationRecorder(connection)
    newest = recorder.migration_qs.filter(app="acquisition").order_by("name").last()
    newest.delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["reasons"]["migrations"].endswith("not applied")


def test_probes_are_answered_over_plain_http_too(platform_store, client, settings):
    settings.SECURE_SSL_REDIRECT = True
    for address in ("/livez", "/readyz", "/healthz", "/metrics"):
        assert client.get(address).status_code == 200, address
    assert client.get("/accounts/login/").status_code == 301
