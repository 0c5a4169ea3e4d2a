"""Who acts, what they say, and what a guard may look at: the values a step is taken with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from zhihuan.bureau.matters.models import Matter, MatterEvent

__all__ = ["Acting", "Facts", "Said"]


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, from which address, together with which officers, and when.

    actor None: the platform itself. officers: accounts, the actor among them where they enforce too.
    at: aware; None: when it comes to pass.
    """

    actor: Any
    address: str = ""
    officers: Sequence[Any] = ()
    at: datetime | None = None

    def moment(self) -> datetime:
        """When the act happens."""
        return self.at or timezone.now()


@dataclass(frozen=True, slots=True)
class Said:
    """What was filled in: the data of the step's form and its files, as a Django form takes them."""

    data: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a guard may look at.

    matter: of the line's own model, before the step. events: those before this step, in order; read
    from the database when somebody looks. said: what the form made of it, as Python values. now:
    aware. by_party: whoever acts is the party itself, and not the bureau, which enters what comes on paper. by: the account
    of whoever acts, None for the platform.
    """

    matter: Matter
    events: Iterable[MatterEvent]
    said: Mapping[str, Any]
    now: datetime
    by_party: bool = False
    by: int | None = None
