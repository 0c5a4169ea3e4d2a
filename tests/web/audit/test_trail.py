"""The audit trail: who reads it, how it is narrowed, where it leads; and that every act has a name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import zhihuan
from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.models import Organisation
from zhihuan.web.audit.words import ACTIONS

AUDITOR = "audit_administrator"
SOURCES = Path(zhihuan.__file__).parent


@pytest.fixture
def reader(person):
    browser = Client()
    browser.user = person(AUDITOR, name="auditor")
    browser.force_login(browser.user)
    AuditEntry.objects.all()  # what signing in wrote stays
    return browser


@pytest.fixture
def acts(person):
    zhang, li = person(name="zhang"), person(name="li")
    return [
        record("role.grant", "account:li", actor=zhang, address="10.0.0.1", why="任免通知"),
        record("account.lock", "account:zhang", actor=li, address="10.0.0.2", why="可疑登录"),
        record("quarantine.expire", "quarantine", count=3),
    ]


def rows(browser, query: str = "") -> list[AuditEntry]:
    view = browser.get(f"/audit/{query}").context["view"]
    return [int(row.key) for row in view.table.rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?who=zhang", [0]),
        ("?action=account.lock", [1]),
        ("?subject=quarantine", [2]),
        ("?address=10.0.0.2", [1]),
        ("?at_from=2020-01-01&at_to=2020-01-02", []),
        ("?who=zhang&action=account.lock", []),
    ],
)
def test_the_trail_is_narrowed_by_person_act_object_and_time(query, found, acts, reader):
    keys = {entry.pk: number for number, entry in enumerate(acts)}
    assert [keys[key] for key in rows(reader, query) if key in keys] == found
    assert len(rows(reader, query)) == len(found)


@pytest.mark.parametrize(
    "role",
    ["system_administrator", "security_administrator", "leader", "registrar", "enterprise_user"],
)
def test_the_trail_opens_to_nobody_else(role, acts, person):
    browser = Client()
    at = Organisation.objects.create(name="某企业", kind="enterprise")
    browser.force_login(person(role, at=at if role == "enterprise_user" else None))
    for path in ("/audit/", f"/audit/{acts[0].pk}/", "/audit/?format=xlsx"):
        assert browser.get(path).status_code == 403


def test_an_entry_tells_everything_and_leads_to_the_record(acts, reader):
    text = reader.get(f"/audit/{acts[0].pk}/").content.decode()
    for words in ("授予角色", "role.grant", "zhang", "任免通知", "10.0.0.1"):
        assert words in text
    assert 'aria-current="page">授予角色</li>' in text
    assert 'href="/people/accounts/li/"' in text
    assert 'href="/people/accounts/zhang/"' in text


def test_no_link_leads_where_the_reader_may_not_go(acts, reader, person):
    site = record("registry.change", "sites:S001", actor=person(name="zhang"))
    text = reader.get(f"/audit/{site.pk}/").content.decode()
    assert "sites:S001" in text
    assert "/registry/sites/" not in text
    gone = record("account.open", "account:never-was")
    assert "/people/accounts/never-was" not in reader.get(f"/audit/{gone.pk}/").content.decode()


def test_reading_and_exporting_are_written_down_too(acts, reader):
    reader.get("/audit/?who=zhang")
    read = AuditEntry.objects.filter(action="audit.read").latest("pk")
    assert (read.actor, read.detail["asked"]) == (reader.user, ["操作人：zhang"])
    reader.get(f"/audit/{acts[1].pk}/")
    assert AuditEntry.objects.filter(action="audit.read", subject=f"audit:{acts[1].pk}").exists()
    response = reader.get("/audit/?format=xlsx&who=zhang")
    assert response.status_code == 200
    export = AuditEntry.objects.get(action="list.export", subject="list:audit")
    assert export.detail["rows"] == 1
    assert export.detail["asked"] == ["操作人：zhang"]


def test_nothing_on_the_pages_changes_an_entry(acts, reader):
    for path in ("/audit/", f"/audit/{acts[0].pk}/"):
        assert reader.post(path).status_code == 405


def test_the_trail_costs_as_many_queries_for_many_entries_as_for_few(acts, reader, person):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert reader.get("/audit/").status_code == 200
        return len(found)

    queries()
    few = queries()
    for number in range(40):
        record("role.grant", "account:li", actor=person(name=f"p{number}"), why="x")
    assert queries() == few <= 12


# ---- every act has a name ---------------------------------------------------------------------


def written_acts() -> set[str]:
    """Every constant that the code gives to ``record`` or one of its wrappers as the act."""
    return {
        act
        for file in SOURCES.rglob("*.py")
        for act in _acts_in(ast.parse(file.read_text("utf-8")))
    }


def _acts_in(tree: ast.Module) -> Iterator[str]:
    named = {n.id for call in _calls(tree) for n in [call.args[0]] if isinstance(n, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            continue
        if isinstance(node, ast.Assign):
            yield from _assigned(node, named)
    for call in _calls(tree):
        if isinstance(call.args[0], ast.Constant) and "." in str(call.args[0].value):
            yield str(call.args[0].value)


def _calls(tree: ast.Module) -> list[ast.Call]:
    writers = {"record", "_record", "_audit", "_writer"}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and node.args
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in writers
    ]


def _assigned(node: ast.Assign, named: set[str]) -> Iterator[str]:
    target = node.targets[0]
    pairs = (
        zip(target.elts, node.value.elts, strict=False)
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
        else [(target, node.value)]
    )
    for name, value in pairs:
        if isinstance(name, ast.Name) and name.id in named and isinstance(value, ast.Constant):
            yield str(value.value)


def test_every_act_that_the_code_writes_down_has_words():
    acts = {act for act in written_acts() if "." in act}
    assert {"role.grant", "account.log_in", "list.export", "registry.move"} <= acts, (
        "the search works"
    )
    assert acts - set(ACTIONS) == set()


@pytest.mark.parametrize("verb", ["add", "change", "delete"])
@pytest.mark.parametrize("room", ["registry", "people"])
def test_so_has_every_act_of_every_room(room, verb):
    assert f"{room}.{verb}" in ACTIONS
