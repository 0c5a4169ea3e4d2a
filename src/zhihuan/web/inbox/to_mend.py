"""What is to be mended beside procedures: records in doubt for whoever keeps them, duties of an enterprise.

Counted apart from to-dos and on their own page (a fragment of the inbox): these figures take a query a
check, and no law sets them a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.inbox.actions import READ_TO_DOS
from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.quality.check import Check, checks_of
from zhihuan.web.addresses import address
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.permission import requires
from zhihuan.web.registry.nouns import noun_of_model

__all__ = ["Mending", "Source", "mending", "mends", "register_mending"]


@dataclass(frozen=True, slots=True)
class Mending:
    """Something to mend: what, how, where ("" = nowhere here), how many records (None: not counted)."""

    title: Any
    words: Any
    url: str
    count: int | None = None
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where more to mend comes from. concerns: whether somebody may have any, without a query; rows: what
    it is."""

    concerns: Callable[[Any], bool]
    rows: Callable[[Any], Iterable[Mending]]


_sources: list[Source] = []


def register_mending(source: Source) -> None:
    """Have what another room finds stand on the list too."""
    if source not in _sources:
        _sources.append(source)


@requires(READ_TO_DOS)
@require_safe
@never_cache
def mending(request: HttpRequest) -> HttpResponse:
    """The list: a fragment for htmx, a page of its own without."""
    rows = [*_of_registry(request.user)]
    rows += [row for source in _sources for row in source.rows(request.user)]
    template = "inbox/_mending.html" if request.headers.get("HX-Request") else "inbox/mending.html"
    trail = [Crumb(_("待办"), address("inbox")), Crumb(_("待改正"))]
    context = {"section": "inbox", "mending": rows, "trail": trail}
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


def mends(user: Any) -> bool:
    """Whether somebody may have anything to mend; no query of its own."""
    has_more = any(source.concerns(user) for source in _sources)
    return has_more or any(_kept_by(user, each) for each in checks_of())


def _kept_by(user: Any, check: Check) -> bool:
    """Whether somebody keeps what the check looks at: may change it, not only see it."""
    noun = noun_of_model(check.model._meta.label_lower)
    return noun is not None and bool(noun.change) and bool(scope_of(user, noun.change))


def _of_registry(user: Any) -> Iterator[Mending]:
    for check in checks_of():
        noun = noun_of_model(check.model._meta.label_lower)
        if noun is None or not _kept_by(user, check):
            continue
        within = scope_of(user, noun.change).filter(noun.rows(user).select_related(None))
        if count := check.narrow(within).count():
            yield Mending(check.title, check.mend, f"{noun.list_url}?todo={check.code}", count)
