"""What a browser calls itself, in two words people know: for the list of one's own sessions.

A guess from the User-Agent header, which anybody can make up: it helps somebody recognise their own
sessions and decides nothing.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

#: In this order: many browsers also carry the names of those below them.
_BROWSERS = (
    (r"wxwork/", "企业微信"),
    (r"MicroMessenger/", "微信"),
    (r"DingTalk/", "钉钉"),
    (r"QIHU 360|360SE|360EE", "360"),
    (r"QQBrowser/", "QQ"),
    (r"Edg(?:A|iOS)?/", "Edge"),
    (r"OPR/", "Opera"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
)
_SYSTEMS = (
    (r"Android", "Android"),
    (r"iPhone|iPad", "iOS"),
    (r"Windows", "Windows"),
    (r"Mac OS X", "macOS"),
    (r"UOS|Kylin|Linux", "Linux"),
)


def told(user_agent: str) -> str:
    """``Chrome · Windows``; “其他程序” for what is none of the known browsers."""
    found = [_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)]
    return " · ".join(name for name in found if name) or _("其他程序")


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, user_agent)), "")
