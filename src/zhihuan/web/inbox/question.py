"""What the to-do page is asked, read from its address; what cannot be read is as if not asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.inbox.asking import Asked, Mark, Whose
from zhihuan.bureau.inbox.spans import spans_of
from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.matters.declaration import Procedure

__all__ = ["WHOSE", "asked_by", "next_address", "procedures_of", "read_mark", "write_mark"]

#: The tabs of the page.
WHOSE: dict[Whose, Any] = {
    Whose.OPEN: _("待我办理"),
    Whose.MINE: _("我已领取"),
    Whose.FREE: _("待领取"),
    Whose.OTHERS: _("同事在办"),
}
_SALT = "zhihuan.inbox.mark"


def asked_by(request: HttpRequest) -> Asked:
    """``?whose=mine&procedure=…&town=…&after=…``."""
    given = request.GET
    whose = Whose(given["whose"]) if given.get("whose") in set(Whose) else Whose.OPEN
    known = {each.code for each in procedures_of(request.user)}
    procedure = given.get("procedure", "")
    return Asked(
        whose=whose,
        procedure=procedure if procedure in known else "",
        town=given.get("town", "")[:12],
        after=read_mark(given.get("after", "")),
    )


def procedures_of(user: Any) -> list[Procedure]:
    """The procedures in which somebody may take a step at all, newest editions; no query of its own."""
    roles = {each.role for each in spans_of(user)}
    return [each for each in newest() if any(roles & set(step.who.reaches) for step in each.steps)]


def next_address(request: HttpRequest, after: Mark) -> str:
    """The same question, behind ``after``."""
    query: QueryDict = request.GET.copy()
    query["after"] = write_mark(after)
    return f"?{query.urlencode()}"


def write_mark(mark: Mark) -> str:
    """A place in the order as text that nobody can make up."""
    return signing.dumps([mark.stage, mark.at.isoformat(), mark.matter], salt=_SALT)


def read_mark(text: str) -> Mark | None:
    """None for what is no such text."""
    if not text or len(text) > 300:
        return None
    try:
        stage, at, matter = signing.loads(text, salt=_SALT)
        return Mark(int(stage), dt.datetime.fromisoformat(at), int(matter))
    except (signing.BadSignature, ValueError, TypeError):
        return None
