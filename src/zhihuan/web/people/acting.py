"""The page of one act on a record: a form, what to know before, one button; its errors in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from zhihuan.web.components.crumb import Crumb
from zhihuan.web.registry.edit_page import tell


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be done: ``title`` of the page, ``button`` (a verb), ``done`` (said afterwards),
    ``warning`` (to know before); ``is_grave`` for what cannot simply be taken back."""

    title: Any
    button: Any
    done: Any
    warning: Any = ""
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page lies: the entry of the navigation, the breadcrumb before it, where to go on."""

    section: str
    trail: list[Crumb]
    back: str


def act_page(
    request: HttpRequest,
    deed: Deed,
    form: Any,
    place: Place,
    act: Callable[[dict[str, Any]], Any],
) -> HttpResponse:
    """Ask, and on a valid answer do ``act(cleaned data)``; what it refuses stands in the form."""
    if request.method == "POST" and form.is_valid() and attempted(form, act):
        messages.success(request, deed.done)
        return redirect(place.back)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "people/act.html", frame(deed, form, place), status=status)


def attempted(form: Any, act: Callable[[dict[str, Any]], Any]) -> bool:
    """Whether the act was done; else the form says why not."""
    try:
        act(form.cleaned_data)
    except ValidationError as error:
        tell(form, error)
    return not form.errors


def frame(deed: Deed, form: Any, place: Place) -> dict[str, Any]:
    """What the template of such a page needs."""
    return {
        "section": place.section,
        "trail": [*place.trail, Crumb(deed.title)],
        "back": place.back,
        "deed": deed,
        "form": form,
    }
