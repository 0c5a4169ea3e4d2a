"""Settings come from declared variables only, and a bad value is told in words."""

from __future__ import annotations

import re
from ipaddress import ip_network
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

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
        ("ZHIHUAN_GATEWAY_TLS_KEY", "", None),
        ("ZHIHUAN_GATEWAY_TLS_KEY", "/etc/key.pem", Path("/etc/key.pem")),
        ("ZHIHUAN_GATEWAY_TRUSTED_PROXIES", "10.0.0.0/24", [ip_network("10.0.0.0/24")]),
    ],
)
def test_a_value_is_read_as_its_kind(name, text, expected, monkeypatch):
    monkeypatch.setenv(name, text)
    assert environment.read(name) == expected


def test_a_value_that_makes_no_sense_names_the_variable_and_what_is_wanted(monkeypatch):
    monkeypatch.setenv("ZHIHUAN_LIVE_CLIENTS", "many")
    with pytest.raises(BadSettingError, match=r"ZHIHUAN_LIVE_CLIENTS='many': integer wanted"):
        environment.read("ZHIHUAN_LIVE_CLIENTS")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *[("ZHIHUAN_LIVE_SECONDS", text) for text in ("0", "-1", "nan", "inf", "1e9")],
        *[("ZHIHUAN_SESSION_HOURS", text) for text in ("0", "nan", "inf", "-8")],
        *[("ZHIHUAN_COMMAND_MINUTES", text) for text in ("0", "-5", "99999999999")],
        ("ZHIHUAN_LIVE_CLIENTS", "-1"),
        *[("ZHIHUAN_WEB_ADDRESS", text) for text in ("nonsense", "host:70000", ":80")],
        ("ZHIHUAN_GATEWAY_ADDRESS", "9212"),
        ("ZHIHUAN_LOG_LEVEL", "LOUD"),
        *[("ZHIHUAN_GATEWAY_TRUSTED_PROXIES", text) for text in ("balancer", "10.0.0.1/24")],
        *[("ZHIHUAN_GATEWAY_CONNECTIONS", text) for text in ("0", "-1")],
    ],
)
def test_a_value_that_could_not_work_is_refused_when_it_is_read(name, text, monkeypatch):
    monkeypatch.setenv(name, text)
    with pytest.raises(BadSettingError, match=f"{name}='{text}'"):
        environment.read(name)


@pytest.mark.parametrize("text", ["0.2", "2", "60"])
def test_the_ends_of_a_range_belong_to_it(text, monkeypatch):
    monkeypatch.setenv("ZHIHUAN_LIVE_SECONDS", text)
    assert environment.read("ZHIHUAN_LIVE_SECONDS") == float(text)


def test_a_log_level_may_be_written_small(monkeypatch):
    monkeypatch.setenv("ZHIHUAN_LOG_LEVEL", "debug")
    assert environment.read("ZHIHUAN_LOG_LEVEL") == "debug"


@pytest.mark.parametrize("wrong", ["hunter2", "密钥", "A" * 45])
def test_a_sealing_key_that_cannot_seal_is_refused_and_not_shown(wrong, monkeypatch):
    good = Fernet.generate_key().decode()
    monkeypatch.setenv("ZHIHUAN_SEALING_KEYS", f"{good},{wrong}")
    with pytest.raises(BadSettingError, match="ZHIHUAN_SEALING_KEYS=") as refused:
        environment.read("ZHIHUAN_SEALING_KEYS")
    assert "key 2" in str(refused.value)
    assert wrong not in str(refused.value)
    monkeypatch.setenv("ZHIHUAN_SEALING_KEYS", good)
    assert environment.read("ZHIHUAN_SEALING_KEYS") == [good]


@pytest.mark.parametrize(
    "url",
    [
        "postgres://u:hunter2@db:x5432/n",
        "postgres://u:hunter2@db:99999/n",
        "postgres://u:hunter2@[::1/n",
    ],
)
def test_a_database_url_with_a_wrong_port_is_told_without_its_password(url):
    with pytest.raises(BadSettingError, match="ZHIHUAN_DATABASE_URL") as refused:
        parse(url, Path("/home"))
    assert not any(part in str(refused.value) for part in ("hunter2", "x5432", "99999"))
    assert refused.value.__cause__ is None


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
