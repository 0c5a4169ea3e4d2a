"""Behind a proxy the client's address is the proxy's word, and only when it is an address."""

from __future__ import annotations

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse

from zhihuan.web.proxy import ForwardedFor


def seen(rf, settings, forwarded: str | None) -> str:
    settings.BEHIND_PROXY = True
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = rf.get("/", headers=headers)
    ForwardedFor(lambda _request: HttpResponse())(request)
    return str(request.META["REMOTE_ADDR"])


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("made, up, 10.1.2.3", "10.1.2.3"),
        ("2001:DB8::1", "2001:db8::1"),
        ("fe80::1%" + "z" * 80, "fe80::1"),
        (None, "127.0.0.1"),
        ("", "127.0.0.1"),
        ("unknown", "127.0.0.1"),
        ("10.1.2.3, " + "9" * 80, "127.0.0.1"),
    ],
)
def test_the_proxys_own_entry_is_believed_when_it_is_an_address(rf, settings, forwarded, expected):
    assert seen(rf, settings, forwarded) == expected


def test_without_a_proxy_nobody_is_believed(settings):
    settings.BEHIND_PROXY = False
    with pytest.raises(MiddlewareNotUsed):
        ForwardedFor(lambda _request: HttpResponse())
