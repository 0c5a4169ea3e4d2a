"""How far somebody's right goes, as a filter over records.

A model says once how its records hang on places and organisations (``SCOPE``); every page, export,
search and API call asks here. It refuses to guess: a model without ``SCOPE`` is in nobody's scope
but of those who reach the whole city.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.utils import timezone

from zhihuan.bureau.people.actions import Reach, declared_actions
from zhihuan.bureau.people.below import belongs_below
from zhihuan.bureau.people.built_once import ask
from zhihuan.bureau.people.models import Organisation, RoleGrant
from zhihuan.bureau.people.scope_fields import ScopeFields
from zhihuan.bureau.places.models import Town

_Model = TypeVar("_Model", bound=models.Model)
_KEPT = "_zhihuan_grants"
#: Marks, in the place of a role, a body outside the bureau whose parent is a part of it.
_ADOPTED = "/"
_FEW = 50


@dataclass(frozen=True, slots=True)
class Scope:
    """A set of records: the whole city, or these towns, and what belongs below these paths.

    paths: of bodies outside the bureau; inside: of parts of the bureau. They are told apart because a condition
    "in this town, or of a body below this branch" can use no index, and hardly any branch has bodies below it.
    """

    city: bool = False
    towns: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.city or bool(self.towns) or bool(self.paths) or bool(self.inside)

    def __add__(self, other: Scope) -> Scope:
        """What lies in one or the other."""
        if self.city or other.city:
            return EVERYTHING
        return Scope(
            towns=self.towns | other.towns,
            paths=self.paths | other.paths,
            inside=self.inside | other.inside,
        )

    @property
    def everywhere(self) -> frozenset[str]:
        """The paths outside and inside."""
        return self.paths | self.inside

    def filter(self, rows: models.QuerySet[_Model]) -> models.QuerySet[_Model]:
        """The rows that lie within."""
        return rows if self.city else rows.filter(self.condition(rows.model))

    def condition(self, model: type[models.Model]) -> Q:
        """The same as a condition on that model."""
        if self.city:
            return Q()
        fields: ScopeFields = getattr(model, "SCOPE", ScopeFields())
        wanted = Q(pk__in=[])
        if self.towns and fields.town:
            wanted |= Q(**{f"{fields.town}__in": sorted(self.towns)})
        paths = self.paths if fields.outside else self.everywhere
        if paths and fields.organisation:
            wanted |= belongs_below(model, fields.organisation, paths)
        if not fields.is_many:
            return wanted
        # each record once, however many of its towns lie within
        return Q(pk__in=model._default_manager.filter(wanted).values("pk"))

    def covers(self, row: models.Model) -> bool:
        """Whether this one record lies within; one query at most."""
        if self.city:
            return True
        return bool(self) and self.filter(type(row)._default_manager.filter(pk=row.pk)).exists()


NOTHING = Scope()
EVERYTHING = Scope(city=True)


def scope_of(user: Any, permission: str) -> Scope:
    """Where this person may do this. Grants are read once per user object (once per request)."""
    action = declared_actions().get(permission)
    return scope_by(user, action.roles if action else {})


def scope_by(user: Any, roles: Mapping[str, Reach]) -> Scope:
    """Where this person may do what these roles may, each so far."""
    if not getattr(user, "may_sign_in", False):
        return NOTHING
    if user.is_superuser:
        return EVERYTHING
    held = (each for each in grants_of(user) if each.role in roles)
    return sum((each.within(roles[each.role]) for each in held), NOTHING)


def may(user: Any, permission: str, row: models.Model | None = None) -> bool:
    """Whether this person may do this at all, or to this record."""
    scope = scope_of(user, permission)
    return bool(scope) if row is None else scope.covers(row)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role in force: its code, where it is held, the area of that place, and whether that place
    is part of the bureau. lender: whom somebody stands in for, None for a role of one's own. bodies: paths
    that hold every body outside the bureau that lies below the place."""

    role: str
    path: str
    towns: frozenset[str]
    inside: bool
    lender: int | None = None
    bodies: frozenset[str] = frozenset()

    def within(self, reach: Reach) -> Scope:
        """Where the role may act with that reach."""
        unbounded = reach is Reach.TERRITORY and self.inside and not self.towns
        if reach is Reach.CITY or unbounded:
            return EVERYTHING
        towns = self.towns if reach is Reach.TERRITORY else frozenset[str]()
        here = frozenset({self.path})
        return (
            Scope(towns=towns, paths=self.bodies, inside=here)
            if self.inside
            else Scope(towns=towns, paths=here)
        )


def grants_of(user: Any) -> list[HeldRole]:
    """The roles in force today: one query the first time, none after."""
    if (kept := getattr(user, _KEPT, None)) is None:
        kept = _read_grants(user)
        setattr(user, _KEPT, kept)
    held: list[HeldRole] = kept
    return held


def forget_grants(user: Any) -> None:
    """Read anew at the next question."""
    if hasattr(user, _KEPT):
        delattr(user, _KEPT)


def _read_grants(user: Any) -> list[HeldRole]:
    rows = ask("grants", _grants_and_areas, user=user.pk, day=timezone.localdate())
    areas: dict[str, set[str]] = {}
    for _role, place, town, _lender in (row for row in rows if not row[0]):
        areas.setdefault(place, set()).add(town)
    adopted = [path for role, path, _kind, _lender in rows if role == _ADOPTED]
    return [
        HeldRole(role, path, area_of(path, areas), kind in Organisation.INSIDE, lender,
                 _bodies_below(path, adopted))
        for role, path, kind, lender in rows
        if role and role != _ADOPTED
    ]  # fmt: skip


def _bodies_below(path: str, adopted: Sequence[str]) -> frozenset[str]:
    """Of a place in the bureau; where there are many, its own path holds them all."""
    if len(adopted) > _FEW:
        return frozenset({path})
    return frozenset(each for each in adopted if each.startswith(path))


def _grants_and_areas(user: int, day: dt.date) -> models.QuerySet[Any, Any]:
    """Grants; as rows without a role, the towns of every organisation on the way up from one; and the
    bodies outside the bureau whose parent is a part of it, up to one more than a few."""
    mine = RoleGrant.objects.in_force(day).filter(user=user).order_by()
    # the path is looked up, not joined: a planner may begin a join with every organisation there is
    path = Organisation.objects.filter(pk=OuterRef("organisation_id")).values("path")
    towns = Organisation.towns.through.objects.annotate(path=Subquery(path)).filter(
        Exists(mine.filter(organisation__path__startswith=OuterRef("path")))
    )
    grants = mine.values_list("role", "organisation__path", "organisation__kind", "on_behalf_of_id")
    nobody = Value(None, output_field=models.BigIntegerField())
    inside = Organisation.objects.filter(kind__in=Organisation.INSIDE).order_by().values("pk")
    outside = Organisation.objects.exclude(kind__in=Organisation.INSIDE).filter(parent__in=inside)
    some = outside.order_by().values("pk")[: _FEW + 1]
    adopted = Organisation.objects.filter(pk__in=some).order_by()
    return grants.union(
        towns.values_list(Value(""), "path", "town_id", nobody),
        adopted.values_list(Value(_ADOPTED), "path", Value(""), nobody),
        all=True,
    )


def area_of(path: str, areas: Mapping[str, set[str]]) -> frozenset[str]:
    """The towns of the nearest organisation on the way up that has any: a section of a branch works
    where its branch does. ``areas``: path → towns."""
    ways = [above for above in areas if path.startswith(above)]
    return frozenset(areas[max(ways, key=len)]) if ways else frozenset()


def towns_in(scope: Scope) -> models.QuerySet[Town]:
    """The towns somebody may choose from."""
    return Town.objects.all() if scope.city else Town.objects.filter(code__in=scope.towns)
