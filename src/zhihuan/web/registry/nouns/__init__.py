"""Every noun of the registry, in the order in which an officer meets them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from django.http import Http404

from zhihuan.web.registry.noun import Noun


@cache
def nouns() -> Mapping[str, Noun]:
    """All nouns by code."""
    from zhihuan.web.registry.nouns import (
        construction,
        contact,
        device,
        enterprise,
        limit,
        permit,
        point,
        river,
        site,
        vehicle,
    )

    rooms = (
        enterprise, contact, site, point, limit, device, permit, river, construction, vehicle,
    )  # fmt: skip
    return {noun.code: noun for room in rooms for noun in room.NOUNS}


_rooms: dict[str, Callable[[], Mapping[str, Noun]]] = {"registry": nouns}


def register_room(room: str, its_nouns: Callable[[], Mapping[str, Noun]]) -> None:
    """Show another room's nouns by the registry's views; their codes differ from all others."""
    _rooms[room] = its_nouns


def noun_of(code: str, room: str = "") -> Noun:
    """The noun of this code, of that room alone when one is named; Http404 when there is none, for
    codes come from addresses."""
    for name, its_nouns in _rooms.items():
        if room in {"", name} and (found := its_nouns().get(code)) is not None:
            return found
    raise Http404


def noun_of_model(label: str) -> Noun | None:
    """The noun whose records are of this model (``app.model`` in lower case)."""
    return next((each for each in nouns().values() if each.model._meta.label_lower == label), None)
