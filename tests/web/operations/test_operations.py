"""Health and figures for machines: right, without login, and closed to strangers."""

from __future__ import annotations

import json

import pytest
from django.db import InterfaceError
from django.utils import timezone
from prometheus_client import CollectorRegistry, Gauge

from zhihuan.bureau.inbox.models import Renewal
from zhihuan.bureau.matters.engine.following import note_installed
from zhihuan.telemetry.store import StoreUnavailable
from zhihuan.web.operations import exported

pytestmark = pytest.mark.django_db


def test_healthy_when_both_databases_answer(platform_store, client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert json.loads(response.content) == {"database": "ok", "store": "ok"}


def test_unhealthy_names_what_does_not_answer(platform_store, client, monkeypatch):
    def down(*_args, **_given):
        raise StoreUnavailable("secret host name")

    monkeypatch.setattr(platform_store, "events", down)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert json.loads(response.content) == {"database": "ok", "store": "unavailable"}


def test_unhealthy_when_the_connection_to_the_database_is_broken(
    platform_store, client, monkeypatch
):
    def broken():
        raise InterfaceError("connection already closed")

    monkeypatch.setattr("zhihuan.web.operations.readiness.connection.cursor", broken)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert json.loads(response.content) == {"database": "unavailable", "store": "ok"}


@pytest.fixture
def figure():
    registry = CollectorRegistry()
    Gauge("zhihuan_test_figure", "a figure", registry=registry).set(42)
    exported.export(registry)
    yield "zhihuan_test_figure 42.0"
    exported.withdraw()


def test_the_machine_itself_reads_every_exported_figure(client, figure):
    response = client.get("/metrics")
    assert response.status_code == 200
    assert figure in response.content.decode()


def test_another_machine_reads_nothing_without_the_token(client, figure):
    response = client.get("/metrics", REMOTE_ADDR="10.0.0.8")
    assert response.status_code == 403
    assert figure not in response.content.decode()


@pytest.mark.parametrize(
    ("given", "status"),
    [("Bearer right", 200), ("Bearer wrong", 403), ("Bearer ", 403), ("Bearer 错", 403)],
)
def test_with_a_token_the_token_alone_decides(client, settings, given, status):
    settings.ZHIHUAN_METRICS_TOKEN = "right"
    response = client.get("/metrics", headers={"authorization": given}, REMOTE_ADDR="10.0.0.8")
    assert response.status_code == status


def test_a_token_is_wanted_of_the_machine_itself_too(client, settings):
    settings.ZHIHUAN_METRICS_TOKEN = "right"
    assert client.get("/metrics").status_code == 403


def test_to_dos_that_are_made_anew_are_told_and_hinder_nothing(platform_store, client):
    Renewal.objects.create(
        procedure="x", edition="1", shape="s", done=40, total=100, moved_at=timezone.now()
    )
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "database": "ok",
        "store": "ok",
        "to_dos": "60 of 100 to be made anew",
    }
    assert client.get("/readyz").json()["ready"] is True


def test_clocks_that_are_reckoned_anew_are_told_and_hinder_nothing(platform_store, client, filed):
    note_installed()
    assert client.get("/healthz").json()["clocks"] == "1 to be reckoned anew"
    assert client.get("/readyz").json()["ready"] is True
