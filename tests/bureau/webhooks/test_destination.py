"""Webhooks go out of the bureau's networks and nowhere else, whatever a name resolves to."""

from __future__ import annotations

import socket

import pytest

from zhihuan.bureau.webhooks.destination import (
    BadDestinationError,
    addresses_of,
    read_destination,
)

INTERNAL = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
            "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1",
            "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "::127.0.0.1"]  # fmt: skip


@pytest.fixture
def names(monkeypatch):
    """``names["host"] = ["1.2.3.4"]``: what host names resolve to."""
    known: dict[str, list[str]] = {}

    def look_up(host, port, **_given):
        if host not in known:
            raise socket.gaierror(-2, "unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


@pytest.mark.parametrize("address", INTERNAL)
def test_an_internal_address_is_refused_by_itself_and_behind_a_name(address, names):
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(BadDestinationError):
        read_destination(f"https://{host}/hook")
    names["innocent.example"] = [address]
    with pytest.raises(BadDestinationError):
        addresses_of(read_destination("https://innocent.example/hook"))


def test_one_internal_address_beside_a_public_one_is_enough_to_refuse(names):
    names["mixed.example"] = ["8.8.8.8", "10.0.0.1"]
    with pytest.raises(BadDestinationError):
        addresses_of(read_destination("https://mixed.example/"))


def test_a_public_address_is_let_through(names):
    names["open.example"] = ["8.8.8.8", "2001:4860:4860::8888"]
    destination = read_destination("https://open.example/hook?x=1")
    assert addresses_of(destination) == ["8.8.8.8", "2001:4860:4860::8888"]
    assert (destination.authority, destination.target) == ("open.example", "/hook?x=1")


def test_a_named_host_may_be_internal_and_speak_plain_http(names, settings):
    settings.ZHIHUAN_WEBHOOK_HOSTS = ["exchange.zs", "10.9.0.5:8443"]
    names["exchange.zs"] = ["10.9.0.9"]
    assert addresses_of(read_destination("http://exchange.zs/")) == ["10.9.0.9"]
    assert read_destination("http://10.9.0.5:8443/").is_named
    with pytest.raises(BadDestinationError):
        read_destination("https://10.9.0.5:22/")


@pytest.mark.parametrize(
    "url",
    [
        "http://open.example/", "ftp://open.example/", "file:///etc/passwd", "https://", "",
        "https://user:pw@open.example/", "https://open.example:99999/", "//open.example/",
        "https://open.example/\r\nHost: x", "https://open.example/a b", "javascript:alert(1)",
        "https://2130706433/", "https://0x7f000001/", "https://[::1",
    ],
)  # fmt: skip
def test_what_is_no_place_for_webhooks_is_refused_in_words(url, names):
    names["2130706433"] = names["0x7f000001"] = ["127.0.0.1"]
    with pytest.raises(BadDestinationError) as refused:
        addresses_of(read_destination(url))
    assert str(refused.value)


def test_an_unknown_name_is_told(names):
    with pytest.raises(BadDestinationError, match="解析"):
        addresses_of(read_destination("https://nowhere.example/"))
