"""The timeline of a file: pages of happenings, and the place between two of them as text."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from dataclasses import replace
from typing import Any

from django.urls import NoReverseMatch, reverse

from zhihuan.bureau.timeline.happening import Happening, Place
from zhihuan.bureau.timeline.source import happenings, sources_for
from zhihuan.web.components.status import StatusKind
from zhihuan.web.components.timeline_event import TimelineEvent
from zhihuan.web.registry.file.contents import Contents

PAGE = 30


def page_of(
    contents: Contents, user: Any, after: str, only: str = ""
) -> tuple[list[Happening], str]:
    """The happenings after the place written in ``after``, and the place of the next page."""
    sources = [s for s in sources_for(user) if not only or s.code == only]
    subject = replace(contents.subject(), reader=user)
    found, place = happenings(sources, subject, start_of(contents, after), PAGE)
    return found, written(place) if place else ""


def start_of(contents: Contents, after: str) -> Place | None:
    """Where to begin: the place given, else the end of the day looked at."""
    if (place := read(after)) is not None:
        return place
    # "" sorts before every source, so what happened at that very moment is open only before it
    return Place(contents.moment.until, "￿", "") if contents.moment.on else None


def written(place: Place) -> str:
    """A place as it stands in an address."""
    told = json.dumps([place.at.isoformat(), place.source, place.key]).encode()
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def read(text: str) -> Place | None:
    """A place from an address; None for "" and for what was damaged."""
    if not text:
        return None
    try:
        padded = text + "=" * (-len(text) % 4)
        at, source, key = json.loads(base64.urlsafe_b64decode(padded.encode()))
        moment = dt.datetime.fromisoformat(at)
        return Place(moment, str(source), str(key)) if moment.tzinfo is not None else None
    except (ValueError, TypeError, binascii.Error, OverflowError):
        return None


def events_of(found: list[Happening]) -> list[TimelineEvent]:
    """Happenings as the timeline component shows them."""
    return [
        TimelineEvent(
            at=each.at,
            title=each.title,
            who=each.who,
            words=each.words,
            kind=StatusKind(each.tone),
            url=_url(each),
        )
        for each in found
    ]


def _url(each: Happening) -> str:
    if not each.link:
        return ""
    name, *arguments = each.link
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
