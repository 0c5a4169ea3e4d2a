"""One request's means: who asks, under which address, and how much the answer may still hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from zhihuan.bureau.access.caller import Caller
from zhihuan.bureau.people.scope import NOTHING, Scope
from zhihuan.bureau.registry.models import Device, MonitoringPoint
from zhihuan.web.sensorthings.odata.address import Key, key_text

#: Entities of one answer, expanded ones included.
LARGEST_ANSWER = 20_000
#: What anybody may read: the environment's own state, not what an enterprise lets out.
PUBLIC_KINDS = (
    MonitoringPoint.Kind.AMBIENT_AIR,
    MonitoringPoint.Kind.RIVER,
    MonitoringPoint.Kind.NOISE,
)


_POINT, _DEVICE = "registry.view_monitoringpoint", "registry.view_device"


@dataclass(slots=True)
class Ask:
    """caller: who asks, None for whoever does not say. root: the service's address, without a slash at
    its end."""

    caller: Caller | None
    root: str
    left: int = LARGEST_ANSWER
    memory: dict[str, Any] = field(default_factory=dict)

    # ---- what may be read ----

    def points(self) -> QuerySet[MonitoringPoint]:
        """The monitoring points this caller may read: public stations and their own scope."""
        scope = self._scope(_POINT)
        if scope.city:
            return MonitoringPoint.objects.all()
        public = Q(kind__in=PUBLIC_KINDS)
        return MonitoringPoint.objects.filter(public | scope.condition(MonitoringPoint))

    def readable(self, point: str) -> Q:
        """The same as a condition on what hangs on a point by the look-up ``point``."""
        scope = self._scope(_POINT)
        if scope.city:
            return Q()
        public = Q(**{f"{point}__kind__in": PUBLIC_KINDS})
        if not scope:
            return public
        mine = scope.filter(MonitoringPoint.objects.order_by())
        return public | Q(**{f"{point}__in": mine.values("pk")})

    def knows_devices(self) -> Q:
        """Of which devices this caller may know the number (MN), as a condition on ``Device``."""
        return self._scope(_DEVICE).condition(Device)

    def _scope(self, permission: str) -> Scope:
        return NOTHING if self.caller is None else self.caller.scope(permission)

    # ---- addresses ----

    def address(self, set_name: str, key: Key) -> str:
        """The address of one entity."""
        return f"{self.root}/{set_name}({key_text(key)})"

    # ---- size ----

    def share(self, asked: int | None, usual: int, parents: int) -> int:
        """How many entities each of ``parents`` may have, so that the answer stays bounded."""
        wanted = usual if asked is None else asked
        return min(wanted, max(1, self.left // max(1, parents)))

    def spend(self, entities: int) -> None:
        """Count entities of the answer."""
        self.left = max(0, self.left - entities)
