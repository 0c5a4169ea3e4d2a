"""Who holds a role where something lies: the question of ``scope`` asked from the other side.

``scope_of`` says what one person reaches; here places are given and people are asked for, in two
queries however many there are of either. Both use the same rule (``HeldRole.within``). Delegates
count: a lent grant is a grant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.models import Organisation, RoleGrant
from zhihuan.bureau.people.scope import HeldRole, Scope, area_of

__all__ = ["Holder", "Place", "Roster", "holders", "nearest", "roster_of"]

#: Of these there are too many to be looked at one by one.
_OUTSIDE = (Organisation.Kind.ENTERPRISE, Organisation.Kind.AGENCY, Organisation.Kind.CARRIER)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something lies: its town ("" = none) and the path of the body it belongs to ("" = none)."""

    town: str = ""
    path: str = ""

    def lies_in(self, scope: Scope) -> bool:
        """Whether a scope covers it."""
        below = any(self.path.startswith(path) for path in scope.everywhere)
        return scope.city or self.town in scope.towns or below

    @property
    def ways(self) -> list[str]:
        """The paths of the body and of all above it."""
        names = self.path.strip("/").split("/") if self.path else []
        return ["/" + "/".join(names[: depth + 1]) + "/" for depth in range(len(names))]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role at an organisation. by_town: their area names the place's town, so they
    answer for it more nearly than somebody who answers for the whole city. lender: whom they stand in
    for, None for a role of their own."""

    user_id: int
    role: str
    organisation_id: int
    path: str
    by_town: bool
    lender: int | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """Grants in force with the areas of their places: read once, asked for many places."""

    grants: tuple[RoleGrant, ...]
    areas: Mapping[str, set[str]]

    def holders(self, reaches: Mapping[str, Reach], place: Place) -> list[Holder]:
        """Who holds one of these roles so that it reaches ``place``; asks the database nothing."""
        return [
            found
            for grant in self.grants
            if (reach := reaches.get(grant.role)) is not None
            and (found := self._holder(grant, reach, place)) is not None
        ]

    def _holder(self, grant: RoleGrant, reach: Reach, place: Place) -> Holder | None:
        body = grant.organisation
        held = HeldRole(grant.role, body.path, area_of(body.path, self.areas), body.is_inside)
        if not place.lies_in(held.within(reach)):
            return None
        by_town = place.town in held.towns
        lender = grant.on_behalf_of_id
        return Holder(grant.user_id, grant.role, body.pk, body.path, by_town, lender)


def roster_of(widest: Mapping[str, Reach], places: Iterable[Place]) -> Roster:
    """Who holds these roles today and might reach one of these places; accounts in use only. ``widest``:
    the farthest reach that will be asked for each role."""
    areas = _areas()
    grants = RoleGrant.objects.in_force().filter(
        _might_reach(widest, places, areas),
        role__in=widest,
        user__is_active=True,
        user__locked_at=None,
    )
    return Roster(tuple(grants.order_by("pk").select_related("organisation")), areas)


def holders(reaches: Mapping[str, Reach], place: Place) -> list[Holder]:
    """The same for a single place."""
    return roster_of(reaches, [place]).holders(reaches, place)


def _might_reach(widest: Mapping[str, Reach], places: Iterable[Place], areas: Iterable[str]) -> Q:
    """All of the bureau; of outside bodies those on the way from the root to a place, and those whose role
    reaches the city or, where they have an area, the area."""
    ways = {way for place in places for way in place.ways}
    city = [role for role, reach in widest.items() if reach is Reach.CITY]
    near = ~Q(organisation__kind__in=_OUTSIDE) | Q(organisation__path__in=ways) | Q(role__in=city)
    if territory := [role for role, reach in widest.items() if reach is Reach.TERRITORY]:
        for path in areas:
            near |= Q(role__in=territory, organisation__path__startswith=path)
    return near


def nearest(found: Iterable[Holder], path: str = "") -> list[Holder]:
    """Of these the ones who answer most nearly: those at the organisation of ``path`` or the next above
    it that has any; where none is, those by town; else all."""
    given = list(found)
    above = [each for each in given if path.startswith(each.path)]
    if above:
        longest = max(len(each.path) for each in above)
        return [each for each in above if len(each.path) == longest]
    return [each for each in given if each.by_town] or given


def _areas() -> dict[str, set[str]]:
    # the path is looked up, not joined: a planner may begin a join with every organisation there is
    looked_up = Organisation.objects.filter(pk=OuterRef("organisation_id")).values("path")
    rows = Organisation.towns.through.objects.annotate(path=Subquery(looked_up))
    areas: dict[str, set[str]] = {}
    for path, town in rows.values_list("path", "town_id"):
        areas.setdefault(path, set()).add(town)
    return areas
