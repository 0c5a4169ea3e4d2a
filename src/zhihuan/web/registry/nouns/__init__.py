"""Every noun of the registry, in the order in which an officer meets them."""

from __future__ import annotations

from collections.abc import Mapping
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


def noun_of(code: str) -> Noun:
    """The noun of this code; Http404 when there is none, for codes come from addresses."""
    if (found := nouns().get(code)) is None:
        raise Http404
    return found


def noun_of_model(label: str) -> Noun | None:
    """The noun whose records are of this model (``app.model`` in lower case)."""
    return next((each for each in nouns().values() if each.model._meta.label_lower == label), None)
