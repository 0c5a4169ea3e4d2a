"""What a kind of entity is called, which properties it has, and how it hangs together with others."""

from __future__ import annotations

from dataclasses import dataclass

from zhihuan.web.sensorthings.odata.kinds import Kind
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal

#: Names that mean the entity's id.
IDS = ("id", "@iot.id")
SELF_LINK = "@iot.selfLink"


@dataclass(frozen=True, slots=True)
class Relation:
    """From one entity to others: those whose ``link`` is this one's ``column``.

    target: name of the other entity set. many: whether there may be several.
    """

    name: str
    target: str
    many: bool
    column: str
    link: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One kind of entity.

    properties: kind of every property a filter can name, ``properties/code`` for members. open_objects:
    properties with members that need not be there. shown: top-level properties, in the order shown.
    """

    set_name: str
    properties: dict[tuple[str, ...], Kind]
    relations: dict[str, Relation]
    shown: tuple[str, ...]
    open_objects: frozenset[str] = frozenset()

    def kind_of(self, names: tuple[str, ...]) -> Kind:
        """The kind of a property of this entity itself; raises ``Refusal`` for unknown names."""
        if names[0] in IDS:
            names = (IDS[0], *names[1:])
        if (kind := self.properties.get(names)) is not None:
            return kind
        if names[0] in self.open_objects and len(names) > 1:
            return Kind.NULL
        if names[0] in self.shown:
            raise Refusal(Reason.NOT_FILTERABLE, name="/".join(names)[:80])
        raise unknown("/".join(names), self)

    def relation(self, name: str) -> Relation:
        """The relation of that name; raises ``Refusal``."""
        if name in self.relations:
            return self.relations[name]
        known = ", ".join(self.relations)
        raise Refusal(Reason.NOT_A_RELATION, name=name[:60], entity=self.set_name, known=known)


def unknown(name: str, entity: Entity) -> Refusal:
    """A property this kind of entity does not have."""
    known = ", ".join(dict.fromkeys((IDS[0], *entity.shown)))
    return Refusal(Reason.UNKNOWN_PROPERTY, name=name[:80], entity=entity.set_name, known=known)
