"""The nouns of people and organisations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from zhihuan.web.registry.noun import Noun

ROOM = "people"


@cache
def nouns() -> Mapping[str, Noun]:
    """All of them by code."""
    from zhihuan.web.people.nouns import account, certificate, grant, organisation

    rooms = (organisation, account, grant, certificate)
    return {noun.code: noun for room in rooms for noun in room.NOUNS}
