"""Organisations as a tree, in the order in which an office lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from zhihuan.bureau.people.models import Organisation

_ORDER = list(Organisation.Kind)


@dataclass(slots=True)
class Node:
    """A body with those directly below it."""

    body: Organisation
    below: list[Node] = field(default_factory=list)


def tree_of(rows: Iterable[Organisation]) -> list[Node]:
    """The trees that these rows make; a row whose parent is not among them is a root."""
    nodes = {each.pk: Node(each) for each in sorted(rows, key=_place)}
    roots = []
    for node in nodes.values():
        above = nodes.get(node.body.parent_id or 0)
        (above.below if above else roots).append(node)
    return roots


def _place(body: Organisation) -> tuple[int, str]:
    return _ORDER.index(Organisation.Kind(body.kind)), body.name


def walk(nodes: Iterable[Node], depth: int = 0) -> Iterator[tuple[int, Organisation]]:
    """Depth and body of all, a body before those below it."""
    for node in nodes:
        yield depth, node.body
        yield from walk(node.below, depth + 1)


def inner_choices() -> list[tuple[str, str]]:
    """The bureau's open bodies as options of a select box, indented; one query."""
    rows = Organisation.objects.filter(kind__in=Organisation.INSIDE, closed_on=None)
    return [(str(body.pk), f"{'　' * depth}{body.name}") for depth, body in walk(tree_of(rows))]
