"""Settings come from declared variables only, and a bad value is told in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zhihuan.web import environment
from zhihuan.web.databases import parse
from zhihuan.web.environment import BadSettingError
from zhihuan.web.platform.addresses import Address, read_address

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", environment.variables())
def test_every_variable_has_a_meaning_and_a_readable_default(name, monkeypatch):
    monkeypatch.delenv(name, raising=False)
    assert environment.variables()[name].meaning
    environment.read(name)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("ZHIHUAN_DEBUG", "yes", True),
        ("ZHIHUAN_DEBUG", "0", False),
        ("ZHIHUAN_DEBUG", "", False),
        ("ZHIHUAN_ALLOWED_HOSTS", "a.cn, b.cn,", ["a.cn", "b.cn"]),
        ("ZHIHUAN_LIVE_CLIENTS", "12", 12),
        ("ZHIHUAN_LIVE_SECONDS", "0.5", 0.5),
    ],
)
def test_a_value_is_read_as_its_kind(name, text, expected, monkeypatch):
    monkeypatch.setenv(name, text)
    assert environment.read(name) == expected


def test_a_value_that_makes_no_sense_names_the_variable_and_what_is_wanted(monkeypatch):
    monkeypatch.setenv("ZHIHUAN_LIVE_CLIENTS", "many")
    with pytest.raises(BadSettingError, match=r"ZHIHUAN_LIVE_CLIENTS='many': integer wanted"):
        environment.read("ZHIHUAN_LIVE_CLIENTS")


def test_nobody_reads_an_undeclared_variable():
    with pytest.raises(KeyError):
        environment.read("ZHIHUAN_UNDECLARED")


def test_a_misspelt_variable_is_found(monkeypatch):
    monkeypatch.setenv("ZHIHUAN_DEBUGG", "1")
    assert "ZHIHUAN_DEBUGG" in environment.unknown()


def test_the_documentation_lists_every_variable_with_its_default_and_no_other():
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    rows = re.findall(r"^\| `(ZHIHUAN_\w+)` \| (\w+) \| (?:`([^`]*)`)? ?\|", page, re.MULTILINE)
    declared = [(v.name, v.kind, v.default) for v in environment.variables().values()]
    assert rows == declared


@pytest.mark.parametrize(
    ("url", "engine", "name"),
    [
        ("", "sqlite3", "/home/zhihuan.sqlite3"),
        ("sqlite:////data/x.sqlite3", "sqlite3", "/data/x.sqlite3"),
        ("postgres://u:p%40w@db:5433/city?sslmode=require", "postgresql", "city"),
    ],
)
def test_a_database_url_is_understood(url, engine, name):
    entry = parse(url, Path("/home"))
    assert entry["ENGINE"].endswith(engine)
    assert entry["NAME"] == name


def test_a_postgresql_url_loses_nothing():
    entry = parse("postgres://u:p%40w@db:5433/city?sslmode=require", Path("/home"))
    assert (entry["USER"], entry["PASSWORD"], entry["HOST"], entry["PORT"]) == (
        "u",
        "p@w",
        "db",
        "5433",
    )
    assert entry["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize("url", ["mysql://x/y", "postgres://host", "nonsense"])
def test_another_database_is_refused_with_what_to_write(url):
    with pytest.raises(BadSettingError, match="postgres://user"):
        parse(url, Path("/home"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("127.0.0.1:8000", Address("127.0.0.1", 8000)), ("[::1]:80", Address("::1", 80))],
)
def test_an_address_is_read(text, expected):
    assert read_address("X", text) == expected


@pytest.mark.parametrize("text", ["8000", ":8000", "host", "host:", "host:x", "host:70000"])
def test_a_wrong_address_names_its_setting(text):
    with pytest.raises(BadSettingError, match="ZHIHUAN_WEB_ADDRESS"):
        read_address("ZHIHUAN_WEB_ADDRESS", text)


def test_an_address_for_everybody_is_shown_as_one_that_opens():
    assert Address("0.0.0.0", 80).url() == "http://127.0.0.1:80/"
    assert Address("::1", 80).url() == "http://[::1]:80/"
