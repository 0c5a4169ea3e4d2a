"""The line's own judgements, as values: what must not be written of an informant, what must be answered, when a
registration is late, how many machine-found clues an officer is asked to look at. Pure: values in, values and reasons out.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.documents.redaction.redacting import NOTHING_KNOWN, redact
from zhihuan.bureau.documents.redaction.rule import redaction_rules
from zhihuan.standards.parameters import Parameter, parameter_from

__all__ = [
    "log_within", "must_answer", "personal_in", "personal_words", "too_late", "week_budget", "workings",
]  # fmt: skip

#: Rules of redaction whose finds hint at a person; names of firms and their places are no secret here.
_PERSONAL = frozenset(
    {"id_card", "id_card_labelled", "mobile", "phone_labelled", "email", "chat_labelled"}
)


@cache
def workings() -> Parameter:
    """The bureau's own settings of the pool, by the day."""
    text = files(__package__).joinpath("workings.yaml").read_text(encoding="utf-8")
    return parameter_from("clues/workings", text)


def week_budget(on: dt.date) -> int:
    """How many machine-found clues are shown to one officer in a week."""
    table: Any = workings().on(on).table
    return int(table["per_officer_and_week"])


def log_within(on: dt.date) -> dt.timedelta:
    """How long after it was noticed a clue is still registered at once."""
    table: Any = workings().on(on).table
    return dt.timedelta(hours=int(table["log_within_hours"]))


def too_late(found_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether a clue noticed then is no longer registered at once; both aware."""
    return now - found_at > log_within(now.date())


def personal_in(text: str) -> tuple[str, ...]:
    """What in a text seems to tell who somebody is: the words themselves, in order."""
    rules = [each for each in redaction_rules() if each.code in _PERSONAL]
    return tuple(each.words for each in redact(text, NOTHING_KNOWN, rules).hidden)


def must_answer(source: str, channel: str, is_real_name: bool) -> bool:
    """Whether somebody must be told the result: a named informant, or the city's hotline that passed it on.
    Source: 生态环境法典 §146; 12345 returns every order."""
    return source == "complaint" and (is_real_name or channel == "12345")


def personal_words(text: str) -> str:
    """Why a text may not be written so; "" when it may."""
    found = personal_in(text)
    if not found:
        return ""
    words = _(
        "内容中有疑似个人信息（%(what)s）。请在“举报人”处登记，此处删去，以免泄露举报人身份。"
    )
    return words % {"what": "、".join(found)}
