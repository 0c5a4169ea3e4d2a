"""Where somebody's to-dos lie, as stretches of the indexes of ``ToDo``: one a role and place.

The same rule as ``people.scope``, put so that each stretch is already in the order asked for: a page is
the head of each, and nobody's inbox costs more for a million matters than for a thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from zhihuan.bureau.inbox.among_rows import AmongRows
from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.people.scope import HeldRole, grants_of

__all__ = ["Span", "spans_of"]


@dataclass(frozen=True, slots=True)
class Span:
    """To-dos of ``role``: of that reach everywhere (neither town nor paths), in one town, or of parties
    at or below ``paths`` (whatever the reach)."""

    role: str
    reach: Reach | None = None
    town: str = ""
    paths: tuple[str, ...] = ()

    @property
    def condition(self) -> Q:
        """The same as a condition on ``ToDo``."""
        wanted = Q(role=self.role)
        if self.paths:
            return wanted & Q(AmongRows("party", _bodies(self.paths)), reach__lt=Reach.CITY)
        wanted &= Q(reach=self.reach)
        return wanted & Q(town=self.town) if self.town else wanted


def spans_of(user: Any) -> list[Span]:
    """Of the roles somebody holds today; [] for an account that may not sign in. Without roles nothing
    waits for anybody, whatever else they may: a superuser has no to-dos."""
    if not getattr(user, "may_sign_in", False):
        return []
    found = {span for held in grants_of(user) for span in _spans(held)}
    everywhere = {(each.role, each.reach) for each in found if not each.town and not each.paths}
    kept = [each for each in found if not each.town or (each.role, each.reach) not in everywhere]
    return sorted(kept, key=lambda each: (each.role, each.reach or 0, each.town, each.paths))


def _spans(held: HeldRole) -> Iterator[Span]:
    for reach in Reach:
        scope = held.within(reach)
        if scope.city:
            yield Span(held.role, reach)
            continue
        for town in scope.towns:
            yield Span(held.role, reach, town=town)
        if scope.paths:
            yield Span(held.role, paths=tuple(sorted(scope.paths)))


def _bodies(paths: tuple[str, ...]) -> Any:
    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= Q(path__below=path)
    return Organisation.objects.filter(wanted).order_by().values("pk")
