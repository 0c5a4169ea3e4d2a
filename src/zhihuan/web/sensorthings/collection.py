"""What every entity set can do, and where they are found by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.entity import Entity, Relation
from zhihuan.web.sensorthings.odata.address import Key
from zhihuan.web.sensorthings.odata.expression import Expression
from zhihuan.web.sensorthings.odata.options import Options

#: One entity as read: its id under ``id``, what its relations need, and what it is described by.
Row = dict[str, Any]
#: Conditions on links: look-up and the key it must have.
Within = Sequence[tuple[str, Any]]

#: Entities of a page when nothing is asked for, and at most.
USUAL_PAGE, LARGEST_PAGE = 100, 1_000


@dataclass(slots=True)
class Page:
    """Some entities. next: the options that ask for those after them, None when there are none.

    count: all there are. counted_all: False when counting stopped at ``count``.
    """

    rows: list[Row]
    next: dict[str, str] | None = None
    count: int | None = None
    counted_all: bool = True


class Collection(Protocol):
    """An entity set."""

    entity: Entity

    def page(self, ask: Ask, options: Options, within: Within) -> Page:
        """One page of those within."""
        ...

    def pages(
        self, ask: Ask, options: Options, relation: Relation, keys: Sequence[Any]
    ) -> Mapping[Any, Page]:
        """A page for each key of ``relation.link``, in a number of queries that does not depend on how
        many keys there are; keys without entities are absent."""
        ...

    def links(self, ask: Ask, expression: Expression, link: str) -> Any:
        """The values of ``link`` among entities for which ``expression`` holds, for an ``IN``."""
        ...

    def valid_key(self, key: Key) -> bool:
        """Whether an entity of this set could have that id at all."""
        ...

    def described(self, row: Row) -> dict[str, Any]:
        """The properties shown, in the order of ``entity.shown``."""
        ...

    def texts(self, ask: Ask, rows: Sequence[Row]) -> Iterable[str] | None:
        """Each whole entity as JSON text; None where only documents are made of them."""
        ...


_sets: dict[str, Collection] = {}


def announce(*every: Collection) -> None:
    """Make entity sets known by name; ``entity_sets`` does, they cannot import one another."""
    _sets.update({each.entity.set_name: each for each in every})


def collection(set_name: str) -> Collection:
    """The entity set of that name; KeyError for none."""
    return _sets[set_name]
