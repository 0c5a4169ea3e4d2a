"""What holds for everything that a party hands in over the network, and who of the bureau is told of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now

from zhihuan.bureau.matters.declaration import Guard, Notice
from zhihuan.bureau.people.roles import FIELD_OFFICER, SECTION_HEAD
from zhihuan.lines.enforcement.course import today

__all__ = ["handed_in_today", "tell_desk", "tell_party"]


def handed_in_today(name: str) -> Guard:
    """What the party hands in itself bears the day on which it does; of a paper an officer tells the day."""

    def check(facts: Any) -> str:
        if not facts.by_party or facts.said[name] == today(facts):
            return ""
        return _now("网上提交的，日期应为提交当日（%(day)s）。") % {"day": today(facts)}

    return Guard(f"{name}_is_today", check)


def tell_desk(words: Any, *more: str) -> tuple[Notice, ...]:
    """Those who go on with the case, and others by role."""
    return (Notice((FIELD_OFFICER, SECTION_HEAD, *more), words),)


def tell_party(words: Any) -> tuple[Notice, ...]:
    """The people of the party."""
    return (Notice(("party",), words),)
