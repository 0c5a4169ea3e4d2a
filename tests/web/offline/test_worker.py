"""The worker and the manifest reach no further than the visits."""

from __future__ import annotations

import pytest
from django.test import Client

from zhihuan.web.templatetags import assets


def test_the_worker_is_asked_for_anew_and_runs_under_the_strict_policy(db):
    if "offline/worker.ts" not in assets.manifest():
        pytest.skip("the front end is not built")
    answer = Client().get("/visits/worker.js")
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    assert "Service-Worker-Allowed" not in answer  # its reach is its own folder
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_manifest_opens_the_visits_and_nothing_else(db):
    told = Client().get("/visits/manifest.webmanifest").json()
    assert told["start_url"] == told["scope"] == "/visits/"


def test_nothing_built_is_nothing_found(db, monkeypatch, tmp_path):
    monkeypatch.setattr(assets, "MANIFEST", tmp_path / "none.json")
    assert Client().get("/visits/worker.js").status_code == 404
