"""Browsers are told by names people know."""

from __future__ import annotations

import pytest

from zhihuan.web.sign_in.browser import told

CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Safari/537.36{}"
WINDOWS, PHONE = "Windows NT 10.0; Win64; x64", "Linux; Android 14; ALN-AL00"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME.format(WINDOWS, ""), "Chrome · Windows"),
        (CHROME.format(WINDOWS, " Edg/128.0"), "Edge · Windows"),
        (CHROME.format(WINDOWS, " QIHU 360SE"), "360 · Windows"),
        (CHROME.format(PHONE, " MicroMessenger/8.0"), "微信 · Android"),
        (CHROME.format(PHONE, " wxwork/4.1 MicroMessenger/7.0"), "企业微信 · Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox · Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari · iOS"),
        ("curl/8.5", "其他程序"),
        ("", "其他程序"),
    ],
)  # fmt: skip
def test_a_browser_is_told(user_agent, name):
    assert told(user_agent) == name
