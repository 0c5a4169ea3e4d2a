"""Every request has an id, a line and figures, under few names."""

from __future__ import annotations

import pytest
from prometheus_client import REGISTRY

pytestmark = pytest.mark.django_db


def figure(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def test_each_answer_is_counted_by_view_method_and_status(client):
    labels = {"view": "login", "method": "GET", "status": "200"}
    before = figure("zhihuan_web_requests_total", **labels)
    seconds = figure("zhihuan_web_request_seconds_count", view="login")
    client.get("/accounts/login/")
    assert figure("zhihuan_web_requests_total", **labels) == before + 1
    assert figure("zhihuan_web_request_seconds_count", view="login") == seconds + 1


def test_statements_are_counted(client, platform_store):
    before = figure("zhihuan_web_request_queries_sum", view="healthz")
    client.get("/healthz")
    # whether the database answers, and the two things that are made anew beside the pages
    assert figure("zhihuan_web_request_queries_sum", view="healthz") == before + 3


def test_addresses_people_make_up_and_methods_make_no_new_figures(client):
    names = {"view": "none", "method": "GET", "status": "404"}
    before = figure("zhihuan_web_requests_total", **names)
    client.get("/made/up/1")
    client.get("/made/up/2")
    assert figure("zhihuan_web_requests_total", **names) == before + 2
    client.generic("BREW", "/livez")
    assert figure("zhihuan_web_requests_total", view="livez", method="other", status="405") >= 1


def test_logins_are_counted_by_their_end(client, django_user_model):
    django_user_model.objects.create_user("somebody", password="right-horse-1")
    failed = figure("zhihuan_web_logins_total", result="failed")
    client.post("/accounts/login/", {"username": "somebody", "password": "wrong"})
    assert figure("zhihuan_web_logins_total", result="failed") == failed + 1
    ok = figure("zhihuan_web_logins_total", result="ok")
    client.post("/accounts/login/", {"username": "somebody", "password": "right-horse-1"})
    assert figure("zhihuan_web_logins_total", result="ok") == ok + 1


def test_the_answer_carries_an_id_of_its_own(client):
    first, second = (client.get("/livez")["X-Request-ID"] for _ in range(2))
    assert len(first) == 32
    assert first != second


@pytest.mark.parametrize(
    ("behind_proxy", "given", "taken"),
    [
        (True, "abc-123_DEF", True),
        (False, "abc-123_DEF", False),
        (True, "short", False),
        (True, "x" * 65, False),
        (True, 'a"b\\c d e f', False),
    ],
)
def test_a_strangers_id_is_not_taken_over(client, settings, behind_proxy, given, taken):
    settings.BEHIND_PROXY = behind_proxy
    answer = client.get("/livez", headers={"x-request-id": given})["X-Request-ID"]
    assert (answer == given) == taken
