"""Entities as JSON: control information, properties, links, and what was asked to be expanded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.collection import Collection, Page, Row, collection
from zhihuan.web.sensorthings.entity import IDS, SELF_LINK, Entity, unknown
from zhihuan.web.sensorthings.odata.options import Expansion, Options, written

Document = dict[str, Any]
#: Said beside ``@iot.count`` when counting stopped there: it is a least number then.
COUNT_IS_LEAST = "@zhihuan.countIsLeast"


def page_document(
    ask: Ask, source: Collection, page: Page, options: Options, address: str
) -> Document:
    """A page of entities. address: of the collection, without options."""
    return {**_about(page, options, address), "value": entities(ask, source, page.rows, options)}


def page_text(
    ask: Ask, source: Collection, page: Page, options: Options, address: str
) -> str | None:
    """The same as JSON text, written without documents; None where that cannot be."""
    if options.select is not None or options.expand:
        return None
    if (rows := source.texts(ask, page.rows)) is None:
        return None
    about = json.dumps(
        {**_about(page, options, address), "value": []}, ensure_ascii=False, separators=(",", ":")
    )
    return f"{about.removesuffix(']}')}{','.join(rows)}]}}"


def _about(page: Page, options: Options, address: str) -> Document:
    document: Document = {}
    if page.count is not None:
        document["@iot.count"] = page.count
        if not page.counted_all:
            document[COUNT_IS_LEAST] = True
    if page.next is not None:
        document["@iot.nextLink"] = next_link(address, options, page.next)
    return document


def entities(ask: Ask, source: Collection, rows: Sequence[Row], options: Options) -> list[Document]:
    """The rows as JSON objects, expanded."""
    chosen = _chosen(source.entity, options)
    documents = [_entity(ask, source, row, chosen) for row in rows]
    for expansion in options.expand:
        _expand(ask, source, expansion, rows, documents)
    return documents


def references(ask: Ask, source: Collection, rows: Sequence[Row]) -> list[Document]:
    """Only the entities' addresses (18-088, 9.2.7: ``$ref``)."""
    return [{SELF_LINK: ask.address(source.entity.set_name, row["id"])} for row in rows]


# ---- one entity ----


def _chosen(entity: Entity, options: Options) -> tuple[bool, bool, tuple[str, ...], list[str]]:
    """(self link, id, properties, relations linked to) that are shown."""
    expanded = {expansion.name for expansion in options.expand}
    if options.select is None:
        return True, True, entity.shown, [name for name in entity.relations if name not in expanded]
    asked = options.select
    for name in asked:
        if name not in {*IDS, SELF_LINK, "selfLink", *entity.shown, *entity.relations}:
            raise unknown(name, entity).about("$select")
    return (
        SELF_LINK in asked or "selfLink" in asked,
        any(name in asked for name in IDS),
        tuple(name for name in entity.shown if name in asked),
        [name for name in entity.relations if name in asked and name not in expanded],
    )


def _entity(
    ask: Ask, source: Collection, row: Row, chosen: tuple[bool, bool, tuple[str, ...], list[str]]
) -> Document:
    self_link, has_id, properties, linked = chosen
    address = ask.address(source.entity.set_name, row["id"])
    document: Document = {}
    if self_link:
        document[SELF_LINK] = address
    if has_id:
        document["@iot.id"] = row["id"]
    described = source.described(row)
    for name in properties:
        document[name] = described[name]
    for name in linked:
        document[f"{name}@iot.navigationLink"] = f"{address}/{name}"
    return document


# ---- expansion ----


def _expand(
    ask: Ask, source: Collection, expansion: Expansion, rows: Sequence[Row],
    documents: list[Document],
) -> None:  # fmt: skip
    """Put related entities into their parents: the same number of queries for one and for thousands."""
    relation = source.entity.relation(expansion.name)
    target = collection(relation.target)
    options = expansion.options if relation.many else replace(expansion.options, top=1, skip=0)
    keys = list(
        dict.fromkeys(row[relation.column] for row in rows if row[relation.column] is not None)
    )
    pages = target.pages(ask, options, relation, keys) if keys else {}
    children = _children(ask, target, pages, options)
    question = written(expansion.options)
    for row, document in zip(rows, documents, strict=True):
        key = row[relation.column]
        if relation.many:
            page = pages.get(key, Page([], count=0))
            owner = ask.address(source.entity.set_name, row["id"])
            if expansion.options.count and page.count is not None:
                document[f"{relation.name}@iot.count"] = page.count
            if page.next is not None:
                address = f"{owner}/{relation.name}"
                link = _link(address, question, page.next)
                document[f"{relation.name}@iot.nextLink"] = link
            document[relation.name] = children.get(key, [])
        else:
            document[relation.name] = next(iter(children.get(key, [])), None)


def _children(
    ask: Ask, target: Collection, pages: Mapping[Any, Page], options: Options
) -> dict[Any, list[Document]]:
    """All children rendered at once, so that what is expanded below them is read at once too."""
    every = [row for page in pages.values() for row in page.rows]
    documents = iter(entities(ask, target, every, options))
    return {key: [next(documents) for _row in page.rows] for key, page in pages.items()}


def next_link(address: str, options: Options, changes: Mapping[str, str]) -> str:
    """The same question for what comes after."""
    return _link(address, written(options), changes)


def _link(address: str, question: Sequence[tuple[str, str]], changes: Mapping[str, str]) -> str:
    pairs = [(name, text) for name, text in question if name not in changes]
    pairs += [(name, text) for name, text in changes.items() if text]
    return f"{address}?{urlencode(pairs, safe='$,()/:', quote_via=quote)}"
