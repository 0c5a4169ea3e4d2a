"""Where a webhook may go: never into the bureau's own networks (SSRF), unless a setting names the host.

The name is resolved once, every address it gives is checked, and the connection is made to a checked
address: a name that answers differently the second time (DNS re-binding) gains nothing. Outside of the
hosts of ``ZHIHUAN_WEBHOOK_HOSTS`` only https on public addresses goes.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

_PORTS = {"https": 443, "http": 80}
#: IPv6 networks that carry an IPv4 address: where it begins, in bytes.
_CARRIERS = (
    (ipaddress.IPv6Network("64:ff9b::/96"), 12),
    (ipaddress.IPv6Network("2002::/16"), 2),
    (ipaddress.IPv6Network("::/96"), 12),
)
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class BadDestinationError(ValueError):
    """Why an address may not be sent to, in words for whoever set it up."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A place that may be sent to. ``target``: path and query. ``is_named``: the setting names its host."""

    scheme: str
    host: str
    port: int
    target: str
    is_named: bool

    @property
    def authority(self) -> str:
        """The Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def read_destination(url: str) -> Destination:
    """Raises ``BadDestinationError`` for what can never be sent to; looks nothing up."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise BadDestinationError(_("地址格式不对")) from error
    if parts.scheme not in _PORTS or not host or any(c.isspace() or c < " " for c in url):
        raise BadDestinationError(_("请填写以 https:// 开头的完整地址"))
    if parts.username is not None or parts.password is not None:
        raise BadDestinationError(_("地址中不要带账号和密码"))
    port = port or _PORTS[parts.scheme]
    is_named = bool({host, f"{host}:{port}"} & set(settings.ZHIHUAN_WEBHOOK_HOSTS))
    if parts.scheme != "https" and not is_named:
        raise BadDestinationError(_("须使用 https（内网主机须由管理员列入许可）"))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    destination = Destination(parts.scheme, host, port, target, is_named)
    if not is_named and (literal := _literal(host)) is not None and not is_public(literal):
        raise BadDestinationError(_("不能推送到内部地址"))
    return destination


def addresses_of(destination: Destination) -> list[str]:
    """The addresses of its host, each checked. Raises ``BadDestinationError``."""
    try:
        found = socket.getaddrinfo(destination.host, destination.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise BadDestinationError(_("主机名无法解析")) from error
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not destination.is_named and not _all_public(addresses):
        # one public address beside a private one is refused too: it is how re-binding begins
        raise BadDestinationError(_("主机名指向内部地址，不推送"))
    return addresses


def _all_public(addresses: Sequence[str]) -> bool:
    return bool(addresses) and all(
        is_public(ipaddress.ip_address(each.partition("%")[0])) for each in addresses
    )


def is_public(address: _Address) -> bool:
    """Whether it is an address of the open internet, and carries none that is not."""
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    carried = _carried(address)
    return carried is None or is_public(carried)


def _carried(address: _Address) -> ipaddress.IPv4Address | None:
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.teredo is not None:
        return address.teredo[1]
    for network, start in _CARRIERS:
        if address in network:
            return ipaddress.IPv4Address(address.packed[start : start + 4])
    return None


def _literal(host: str) -> _Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
