"""Open one matter out of another: a case out of a clue, a sealing out of a case.

The procedure that is opened says out of which others it grows (``Procedure.grows_from``, by code), so
lines stay strangers. Both rights are asked: to look at the matter it grows from, and to open. The new
matter takes over party, town and title; that it grew out of the other is linked in the transaction
that opens it, so there is never the one without the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from django.urls import reverse

from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.linking import link
from zhihuan.bureau.matters.engine.taking import open_matter
from zhihuan.bureau.matters.models import Matter, MatterLink
from zhihuan.web.matters.opening import may_open
from zhihuan.web.matters.visible import matter_for, procedures_for

__all__ = ["FROM", "Growth", "growths", "opened_from", "origin_of"]

#: The name in the address of the page that opens: ``?from=12``.
FROM = "from"


@dataclass(frozen=True, slots=True)
class Growth:
    """A procedure that may be opened out of a matter, and where."""

    title: Any
    url: str


def growths(user: Any, matter: Matter) -> list[Growth]:
    """What this person may open out of a matter they look at, in the order registered."""
    found = [each for each in procedures_for(user) if _may_grow(each, matter)]
    return [_growth(each, matter) for each in found if may_open(user, each)]


def origin_of(request: HttpRequest, procedure: Procedure) -> Matter | None:
    """The matter named in the address; None when none is. Http404 for one that lies outside the
    reader's reach, or out of which this procedure does not grow (now)."""
    key = request.GET.get(FROM, "")
    if not key:
        return None
    if not (key.isascii() and key.isdecimal() and len(key) <= 18):
        raise Http404
    matter = matter_for(request.user, int(key))
    if not _may_grow(procedure, matter):
        raise Http404
    return matter


@transaction.atomic
def opened_from(origin: Matter | None, code: str, acting: Acting, **fields: Any) -> Matter:
    """A matter opened and, where it has an origin, linked to it: both or neither. Raises as
    ``open_matter`` and ``link`` do."""
    if origin is not None and fields.get("party_id") is None and not fields.get("party"):
        fields.setdefault("party_name", origin.party_name)  # a natural person stands in no register
    matter = open_matter(code, acting, **fields)
    if origin is not None:
        link(matter, MatterLink.Kind.SPAWNED_BY, origin, acting, version=matter.version)
    return matter


def _may_grow(procedure: Procedure, matter: Matter) -> bool:
    is_origin = matter.procedure in procedure.grows_from
    return is_origin and (not procedure.grows_when or matter.state in procedure.grows_when)


def _growth(procedure: Procedure, matter: Matter) -> Growth:
    address = reverse("matter-new", args=[procedure.code])
    return Growth(procedure.title, f"{address}?{FROM}={matter.pk}")
