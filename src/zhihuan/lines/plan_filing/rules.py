"""What the filing measures say, as values: who may file simply, which papers are asked, by when, how often.

Pure: values in, values and reasons out. What a city may lay down itself stands with its dates in
``classes.yaml``. It judges no plan: whether one is any good is for those who review it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.clock import History, WorkCalendar, reckon, time_limit
from zhihuan.bureau.clock.history import BEIJING
from zhihuan.standards.parameters import Parameter, parameter_from

GENERAL, LARGER, MAJOR = "L", "M", "H"
#: Grounds on which a filing is refused.
INCOMPLETE, NOT_OURS = "incomplete", "not_ours"
GROUNDS = (
    (INCOMPLETE, gettext_lazy("告知补正后，备案文件仍不齐全")),
    (NOT_OURS, gettext_lazy("不属于本机关受理的备案")),
)
#: Steps that hand a plan in; what came before them belongs to an earlier plan.
_HANDED_IN = frozenset({"submit", "revise"})


@cache
def classes() -> Parameter:
    """The classes of filing with their papers, by the day."""
    text = files(__package__).joinpath("classes.yaml").read_text(encoding="utf-8")
    return parameter_from("plan_filing/classes", text)


def not_simplified_for(risk: str, crosses_region: bool, on: date) -> str:
    """Why a plan of this risk may not be filed in the simplified way on that day; "" when it may."""
    edition: Any = classes().on(on)
    if not crosses_region and risk in edition.table["simplified_for"]:
        return ""
    words = _("该风险级别不适用简化备案（%(source)s），请提交完整备案的全部文件。")
    return words % {"source": edition.reference.title}


def asked_papers(is_simplified: bool, on: date) -> tuple[str, ...]:
    """The papers to hand in on that day, by their names in the form."""
    table: Any = classes().on(on).table
    return tuple(table["simplified" if is_simplified else "full"])


def file_by(signed_on: date, limit: str, calendar: WorkCalendar) -> date | None:
    """The last day to hand a plan in that was signed that day: M01 the first one, M04 a revised one."""
    history = History(datetime.combine(signed_on, time(), BEIJING))
    return reckon(time_limit(limit, on=signed_on), history, calendar).last_day


def is_corrected(steps: Iterable[str]) -> bool:
    """Whether the plan handed in last was sent back for correction already: that is done once."""
    corrected = False
    for step in steps:
        corrected = step == "correct" or (corrected and step not in _HANDED_IN)
    return corrected
