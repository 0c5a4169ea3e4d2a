"""What a page's form was sent. ``request.POST or None`` would take a form sent empty for one only shown,
and answer it without a word.
"""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict


def sent(request: HttpRequest) -> QueryDict | None:
    """The fields that were sent, be they none; None while the form is only shown."""
    return request.POST if request.method == "POST" else None


def sent_files(request: HttpRequest) -> MultiValueDict[str, object] | None:
    """The files, likewise."""
    return request.FILES if request.method == "POST" else None
