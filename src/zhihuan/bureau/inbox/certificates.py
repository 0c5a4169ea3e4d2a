"""Tells officers, and those who send them out, that an enforcement certificate ends (行政处罚法 2021, §42)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.inbox.models import Message
from zhihuan.bureau.inbox.telling import News, tell_all
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.certificate_watch import WARNED_BEFORE, officers
from zhihuan.bureau.people.holders import Place, Roster, nearest, roster_of
from zhihuan.bureau.people.roles import SECTION_HEAD

__all__ = ["tell_of_certificates"]

#: Told when so many days are left; the first is the platform's own span of warning.
_DAYS_LEFT = (WARNED_BEFORE.days, 30, 7)
#: From here on the section head is told too.
_HEAD_FROM = 7
#: What ended longer ago has been told, or was never held by anybody at work here.
_TOLD_AFTER = dt.timedelta(days=30)

_OWN = _("您的执法证将于 %(day)s 到期，请及时申请换证。")
_OWN_ENDED = _("您的执法证已于 %(day)s 到期，换证前不得从事执法活动。")
_HEADS = _("%(name)s 的执法证将于 %(day)s 到期。")
_HEADS_ENDED = _("%(name)s 的执法证已于 %(day)s 到期，换证前不得派出执法。")


def tell_of_certificates(day: dt.date) -> int:
    """Tell what is due on a day of Beijing, once each; how many messages found their way into boxes."""
    last = day + WARNED_BEFORE
    ending = officers(day).filter(
        certificate_expires__gte=day - _TOLD_AFTER, certificate_expires__lte=last
    )
    people = list(ending.select_related("organisation"))
    places = [_place(each) for each in people]
    roster = roster_of({SECTION_HEAD: Reach.TERRITORY}, places) if people else Roster((), {})
    return tell_all([told for each in people for told in _told(each, day, roster)])


@dataclass(frozen=True, slots=True)
class _Rung:
    name: str
    is_ended: bool
    tells_head: bool


def _rung(expires: dt.date, day: dt.date) -> _Rung:
    left = (expires - day).days
    if left < 0:
        return _Rung("ended", is_ended=True, tells_head=True)
    reached = min(each for each in _DAYS_LEFT if left <= each)
    return _Rung(str(reached), is_ended=False, tells_head=reached <= _HEAD_FROM)


def _told(officer: Any, day: dt.date, roster: Roster) -> Iterator[tuple[News, set[int]]]:
    rung = _rung(officer.certificate_expires, day)
    key = f"certificate:{officer.certificate_id}:{rung.name}"
    until = officer.certificate_expires.isoformat()
    words = _OWN_ENDED if rung.is_ended else _OWN
    kind = Message.Kind.CERTIFICATE
    yield News(kind, words, facts={"day": until}, key=key), {officer.pk}
    if not rung.tells_head:
        return
    words = _HEADS_ENDED if rung.is_ended else _HEADS
    found = roster.holders({SECTION_HEAD: Reach.TERRITORY}, _place(officer))
    heads = {each.user_id for each in nearest(found, _place(officer).path)} - {officer.pk}
    yield News(kind, words, facts={"day": until, "name": str(officer)}, key=f"{key}:head"), heads


def _place(officer: Any) -> Place:
    return Place(path=officer.organisation.path if officer.organisation else "")
