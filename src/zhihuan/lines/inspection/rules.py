"""The line's own judgements, as values: may this firm be entered, how heavy is it in a draw, is it exempt.

Pure: values in, values and reasons out. Figures that a city lays down stand with their dates in ``visits.yaml``
and ``weights.yaml``, each marked as far as it is known. It does not say whether a visit is wise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.standards.parameters import Edition, Parameter, parameter_from

__all__ = [
    "DEFAULT_CREDIT",
    "Record",
    "cap_of",
    "may_draw_from",
    "not_entered_for",
    "visits_edition",
    "weight_of",
]

#: Of a firm nobody has classed.
DEFAULT_CREDIT = "B"


@cache
def _parameter(name: str) -> Parameter:
    text = files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return parameter_from(f"inspection/{name}", text)


def visits_edition(on: date) -> Edition:
    """What holds of visits on that day, with its source and how well it is known."""
    return _parameter("visits").on(on)


def cap_of(credit: str, on: date) -> int:
    """How often a firm of this credit class is entered in the year of that day at most."""
    caps: Any = visits_edition(on).table["yearly"]
    return int(caps[credit or DEFAULT_CREDIT])


def weight_of(credit: str, level: str, on: date) -> int:
    """Tickets of a firm in a draw: by credit class, times the risk of its permit's level."""
    table: Any = _parameter("weights").on(on).table
    return int(table["credit"][credit or DEFAULT_CREDIT]) * int(table["risk"].get(level, 1))


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a firm's visits on a day. entered: visits begun this year that count;
    waiting: the title of one assigned and not yet begun, "" for none; exempt_until: the last day on the
    positive list, None when it does not stand there."""

    credit: str = DEFAULT_CREDIT
    entered: int = 0
    waiting: str = ""
    exempt_until: date | None = None


def not_entered_for(kind: str, firm: Record, on: date) -> str:
    """Why a visit of this kind may not be assigned on that day; "" when it may."""
    table: Any = visits_edition(on).table
    if firm.waiting and kind not in table["not_merged"]:
        words = _("该企业已有待实施的检查“%(title)s”，请并入该次检查，一次完成。")
        return words % {"title": firm.waiting}
    if kind in table["beyond_the_cap"]:
        return ""
    if firm.exempt_until is not None and kind == "random":
        words = _("该企业在正面清单内（至 %(day)s），不列入随机现场检查，请以非现场方式检查。")
        return words % {"day": firm.exempt_until}
    cap = cap_of(firm.credit, on)
    if firm.entered >= cap:
        words = _(
            "该企业本年度已入企检查 %(count)d 次，达到上限 %(cap)d 次（%(credit)s 级，上限待核）。"
        )
        return words % {"count": firm.entered, "cap": cap, "credit": firm.credit}
    return ""


def may_draw_from(committed_at: datetime, now: datetime) -> str:
    """Why a draw may not be held yet: the promise must have been public for a while; "" when it may."""
    hours: Any = visits_edition(committed_at.date()).table["notice_hours"]
    opens = committed_at + timedelta(hours=int(hours))
    if now >= opens:
        return ""
    words = _("承诺须先公开 %(hours)d 小时，%(minutes)d 分钟后方可抽取。")
    return words % {"hours": hours, "minutes": -(-(opens - now).total_seconds() // 60)}
