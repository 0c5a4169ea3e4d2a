"""From the subject of an entry (``devices:MN``, ``account:name``) to the page of the record itself."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse

from zhihuan.bureau.people.scope import may
from zhihuan.web.matters.visible import matters_of
from zhihuan.web.registry.nouns import noun_of

#: Subjects that are not called by their noun's code.
_NOUNS = {"account": "accounts", "enterprise": "enterprises", "device": "devices"}


def address_for(user: Any, subject: str) -> str:
    """The page of what an entry is about, "" where there is none that this person may open."""
    kind, _colon, key = subject.partition(":")
    if kind == "matter":
        return _matter(user, key)
    try:
        noun = noun_of(_NOUNS.get(kind, kind))
    except Http404:
        return ""
    if not key or noun.facts is None or not may(user, noun.view):
        return ""
    try:
        return noun.url_of(noun.find(user, key))
    except Http404:
        return ""


def _matter(user: Any, key: str) -> str:
    if not (key.isascii() and key.isdecimal()):
        return ""
    found = matters_of(user).filter(pk=int(key[:18])).values_list("pk", flat=True).first()
    return "" if found is None else reverse("matter", args=[found])
