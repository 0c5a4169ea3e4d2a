"""A whole session leaves nothing in the log about anybody: no name, no phone, no token."""

from __future__ import annotations

import io
import json
import logging
import logging.config

import pytest
from django.db import IntegrityError

from zhihuan.web.operations.logs import logging_settings
from zhihuan.web.operations.private import masked

NAME, PHONE, IDENTITY = "欧阳靖川", "13912345678", "442000199003071234"
PASSWORD, TOKEN = "peony-Moon-77", "zh_tok_5f2a9c8e7d"
TOLD = f"投诉人{NAME}，电话{PHONE}，证件{IDENTITY}"


@pytest.fixture
def log(settings):
    """What the configured log writes, every logger at DEBUG; put back as it was afterwards."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    logging.config.dictConfig(logging_settings("DEBUG", "JSON"))
    written = io.StringIO()
    (console,) = [each for each in root.handlers if each not in handlers]
    console.setStream(written)
    yield written
    root.handlers, root.level = handlers, level
    logging.getLogger("django.db.backends").setLevel(logging.NOTSET)
    disallowed = logging.getLogger("django.security.DisallowedHost")
    disallowed.propagate = True


@pytest.mark.django_db
def test_a_session_with_everything_in_it_leaves_nothing_about_anybody(
    log, client, platform_store, outlet, person, monkeypatch
):
    user = person("值班员", name=NAME)
    user.set_password(PASSWORD)
    user.save()
    login = {"username": NAME, "password": f"{PASSWORD}?"}
    assert client.post("/accounts/login/", login).status_code == 200
    assert client.post("/accounts/login/", {**login, "password": PASSWORD}).status_code == 302
    client.get("/live/", {"q": f"{NAME} {PHONE}"})
    mn = outlet.devices.get().mn
    client.post(f"/commands/order/{mn}/SetClock/", {"reason": TOLD})
    client.get(f"/nowhere/{NAME}/{PHONE}/")
    client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    client.get("/live/", headers={"host": f"{PHONE}.example"})
    _break(client, monkeypatch)
    client.post("/accounts/logout/")
    told = log.getvalue()
    assert told.count('"answered"') >= 8
    assert '"IntegrityError' in told or "IntegrityError" in told
    session = client.cookies.get("zhihuan_session")
    secrets = [NAME, PHONE, IDENTITY, PASSWORD, TOKEN, *([session.value] if session else [])]
    assert [each for each in secrets if each and each in told] == []


def _break(client, monkeypatch):
    """A view fails as PostgreSQL lets one fail: quoting the row, and a library its address."""

    def clash(*_args, **_given):
        raise IntegrityError(
            "duplicate key value violates unique constraint\n"
            f"DETAIL:  Key (name, phone)=({NAME}, {PHONE}) already exists.\n"
        ) from ValueError(f"Authorization: Bearer {TOKEN} password={PASSWORD}")

    monkeypatch.setattr("zhihuan.web.live.views.board", clash)
    client.raise_request_exception = False
    assert client.get("/live/").status_code == 500


@pytest.mark.django_db
def test_a_line_is_json_with_the_answers_id(log, client):
    answer = client.get("/accounts/login/")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    (line,) = [each for each in lines if each["event"] == "answered"]
    assert line["request_id"] == answer["X-Request-ID"]
    assert (line["view"], line["method"], line["status"]) == ("login", "GET", 200)
    assert {"seconds", "queries", "timestamp", "level", "logger"} <= line.keys()


@pytest.mark.django_db
def test_lines_in_between_carry_the_id_too(log, client, platform_store, monkeypatch):
    monkeypatch.setattr(
        "zhihuan.web.operations.views.database_answers",
        lambda: logging.getLogger("somewhere").warning("in between") or True,
    )
    answer = client.get("/healthz")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    (line,) = [each for each in lines if each["event"] == "in between"]
    assert line["request_id"] == answer["X-Request-ID"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("call 139-1234-5678 now", "call *** now"),
        ("+86 13912345678", "***"),
        ("0760-88881234", "***"),
        ("id 44200019900307123X.", "id ***."),
        ("mail a.b@eco.example.cn", "mail ***"),
        ("postgres://u:secret@db:5432/z", "postgres://u:***@db:5432/z"),
        ("{'password': 'x y', 'a': 1}", "{'password': ***, 'a': 1}"),
        ("PW=123456;MN=1", "PW=***;MN=1"),
        ("MN 44200024000003, 20261129T030157", "MN 44200024000003, 20261129T030157"),
        ("took 1391234 ms, frame 9f8e7d", "took 1391234 ms, frame 9f8e7d"),
    ],
)
def test_what_is_masked_and_what_is_not(text, kept):
    assert masked(text) == kept


def test_text_for_a_terminal_is_masked_as_well(log):
    logging.config.dictConfig(logging_settings("INFO", "TEXT"))
    console = logging.getLogger().handlers[-1]
    written = io.StringIO()
    console.setStream(written)
    logging.getLogger("x").warning("call %s", PHONE)
    assert "call ***" in written.getvalue()
