"""Addresses a token may come from: single addresses and networks (``10.1.0.0/16``), both IP versions.

An IPv4 address that arrives in IPv6 clothes (``::ffff:10.1.0.8``) is the IPv4 address it is.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence

MOST = 20


class NotANetworkError(ValueError):
    """``text`` names no address and no network."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read_networks(texts: Iterable[str]) -> list[str]:
    """The networks in their usual writing, each once, in order. Raises ``NotANetworkError``."""
    return list(dict.fromkeys(_read(text.strip()) for text in texts if text.strip()))


def _read(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text, strict=False))
    except ValueError as error:
        raise NotANetworkError(text) from error


def lies_within(address: str, networks: Sequence[str]) -> bool:
    """Whether the address lies in one of them; without any, everywhere is right. What is no address
    lies nowhere."""
    if not networks:
        return True
    try:
        asked = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(asked, "ipv4_mapped", None)
    return any((mapped or asked) in ipaddress.ip_network(each) for each in networks)
