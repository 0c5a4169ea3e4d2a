"""From an address and its options to the document that answers it (18-088, 9.2).

Walks the address: an entity set, an entity by its key, a relation, and at the end perhaps a property,
``$value`` or ``$ref``. Everything on the way must exist and be readable by whoever asks; what they may
not read does not exist for them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.collection import Collection, Row, collection
from zhihuan.web.sensorthings.data_array import data_array_document
from zhihuan.web.sensorthings.documents import entities, page_document, page_text, references
from zhihuan.web.sensorthings.entity import IDS
from zhihuan.web.sensorthings.entity_sets import ENTITY_SETS
from zhihuan.web.sensorthings.odata.address import Key, Segment, key_text
from zhihuan.web.sensorthings.odata.options import Options
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal

_REQUIREMENTS = "http://www.opengis.net/spec/iot_sensing/1.1/req"
#: What we hold to. Not ``data-array``: reading in that form works, creating does not.
CONFORMANCE = (
    f"{_REQUIREMENTS}/datamodel",
    f"{_REQUIREMENTS}/resource-path/resource-path-to-entities",
    f"{_REQUIREMENTS}/request-data",
)


class NoSuchThing(LookupError):  # noqa: N818 - what it says, not what went wrong
    """Nothing is at the address, or nothing this person may read."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A property's bare value (``$value``)."""

    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """A document that is JSON already."""

    text: str


class _Nothing:
    """A property that is there and has no value: answered with 204 (OData 4.0 part 1, 11.2.3)."""


NOTHING = _Nothing()


def answer(ask: Ask, address: tuple[Segment, ...], options: Options) -> Any:
    """The document, ``Written`` or ``Raw`` text, or ``NOTHING``. Raises ``Refusal``, ``NoSuchThing`` and the store's
    errors."""
    if not address:
        return _service(ask)
    name = address[0].name
    if name not in ENTITY_SETS:
        raise NoSuchThing(name)
    return _Walk(ask, options, ENTITY_SETS[name], f"{ask.root}/{name}").along(address)


def _service(ask: Ask) -> dict[str, Any]:
    return {
        "value": [{"name": name, "url": f"{ask.root}/{name}"} for name in ENTITY_SETS],
        "serverSettings": {"conformance": list(CONFORMANCE)},
    }


class _Walk:
    """Where an address has led so far: a set (narrowed by ``within``), or one entity of it."""

    def __init__(self, ask: Ask, options: Options, source: Collection, path: str) -> None:
        self._ask = ask
        self._options = options
        self._source = source
        self._path = path
        self._within: list[tuple[str, Any]] = []
        self._many = True
        self._row: Row | None = None

    def along(self, address: tuple[Segment, ...]) -> Any:
        self._by_key(address[0].key)
        for number, segment in enumerate(address[1:], 1):
            if segment.name == "$ref" and number == len(address) - 1 and segment.key is None:
                return self._references()
            if segment.name == "$count":
                raise Refusal(Reason.NOT_HERE, name="/$count", instead="?$count=true")
            if segment.name not in self._source.entity.relations:
                return self._property(address[number:])
            self._follow(segment)
        return self._document()

    # ---- steps ----

    def _by_key(self, key: Key | None) -> None:
        if key is None:
            return
        if not self._many or not self._source.valid_key(key):
            raise NoSuchThing(str(key))
        self._within.append(("id", key))
        self._many = False
        self._path += f"({key_text(key)})"

    def _follow(self, segment: Segment) -> None:
        relation = self._source.entity.relations[segment.name]
        row = self._entity()
        self._source, self._row = collection(relation.target), None
        self._within = [(relation.link, row[relation.column])]
        self._many = relation.many
        self._path = f"{self._path}/{segment.name}"
        self._by_key(segment.key)

    def _entity(self) -> Row:
        """The one entity the walk stands at."""
        if self._many:
            raise NoSuchThing(self._path)
        if self._row is None:
            rows = self._source.page(self._ask, Options(top=1), self._within).rows
            if not rows:
                raise NoSuchThing(self._path)
            self._row = rows[0]
        return self._row

    # ---- ends ----

    def _document(self) -> Any:
        if not self._many:
            _only(self._options, "select", "expand")
            return entities(self._ask, self._source, [self._entity()], self._options)[0]
        page = self._source.page(self._ask, self._options, self._within)
        asked = (self._ask, self._source, page, self._options, self._path)
        if self._options.data_array:
            return data_array_document(*asked)
        text = page_text(*asked)
        return page_document(*asked) if text is None else Written(text)

    def _references(self) -> Any:
        _only(self._options, "filter", "orderby", "top", "skip", "count", "after")
        if not self._many:
            return references(self._ask, self._source, [self._entity()])[0]
        page = self._source.page(self._ask, self._options, self._within)
        path = f"{self._path}/$ref"
        document = page_document(self._ask, self._source, page, self._options, path)
        return {**document, "value": references(self._ask, self._source, page.rows)}

    def _property(self, rest: tuple[Segment, ...]) -> Any:
        """``/name``, ``/unitOfMeasurement/symbol``, with or without ``/$value``."""
        _only(self._options)
        raw = rest[-1].name == "$value"
        names = [segment.name for segment in (rest[:-1] if raw else rest)]
        if not names or any(segment.key is not None for segment in rest):
            raise NoSuchThing(self._path)
        value = self._value(self._entity(), names)
        if value is None:
            return NOTHING
        return Raw(_text(value)) if raw else {names[-1]: value}

    def _value(self, row: Row, names: list[str]) -> Any:
        if names[0] in IDS and len(names) == 1:
            return row["id"]
        value: Any = self._source.described(row)
        for name in names:
            if not isinstance(value, dict) or name not in value:
                raise NoSuchThing("/".join(names))
            value = value[name]
        return value


def _only(options: Options, *allowed: str) -> None:
    """Refuse options that mean nothing at this address."""
    for name in Options.__slots__:
        if name not in allowed and getattr(options, name) != getattr(Options(), name):
            raise Refusal(Reason.NOT_HERE, name=f"${name}", instead="/Things?…").about(f"${name}")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
