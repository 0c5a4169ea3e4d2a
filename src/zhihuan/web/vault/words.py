"""What camera, browser and differences are called on pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.vault.evidence.differences import Difference

__all__ = ["CLAIMANTS", "difference_words"]

CLAIMANTS: dict[str, Any] = {
    "said": gettext_lazy("填写"),
    "camera": gettext_lazy("相机（EXIF）"),
    "browser": gettext_lazy("浏览器"),
}


def difference_words(found: Iterable[Difference]) -> list[str]:
    """One sentence a difference, with its size."""
    return [_sentence(each) for each in found]


def _sentence(each: Difference) -> str:
    pair = {"one": CLAIMANTS[each.one], "other": CLAIMANTS[each.other]}
    if each.minutes is not None:
        return _("%(one)s与%(other)s的时间相差 %(time)s。") % {**pair, "time": _time(each.minutes)}
    return _("%(one)s与%(other)s的地点相距 %(way)s。") % {**pair, "way": _way(each.metres or 0.0)}


def _time(minutes: float) -> str:
    if minutes < 120:
        return _("%(count)d 分钟") % {"count": round(minutes)}
    if minutes < 2 * 1440:
        return _("%(count)d 小时") % {"count": round(minutes / 60)}
    return _("%(count)d 天") % {"count": round(minutes / 1440)}


def _way(metres: float) -> str:
    return f"{metres:,.0f} m" if metres < 10_000 else f"{metres / 1000:,.0f} km"
