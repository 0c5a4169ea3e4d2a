"""``$resultFormat=dataArray``: Observations as rows of values, a table for each Datastream.

Source: OGC 18-088, 14.1 (retrieve a Datastream's Observations as data array).
"""

from __future__ import annotations

from typing import Any

from zhihuan.web.sensorthings.ask import Ask
from zhihuan.web.sensorthings.collection import Collection, Page
from zhihuan.web.sensorthings.documents import COUNT_IS_LEAST, next_link
from zhihuan.web.sensorthings.entity import IDS, unknown
from zhihuan.web.sensorthings.odata.options import Options
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal


def data_array_document(
    ask: Ask, source: Collection, page: Page, options: Options, address: str
) -> dict[str, Any]:
    """A page of Observations in that form."""
    if source.entity.set_name != "Observations":
        raise Refusal(Reason.NOT_HERE, name="$resultFormat=dataArray", instead="Observations")
    if options.expand:
        raise Refusal(Reason.NOT_HERE, name="$expand", instead="Datastream@iot.navigationLink")
    components = _components(source, options)
    tables: dict[int, list[list[Any]]] = {}
    for row in page.rows:
        described = {"id": row["id"], **source.described(row)}
        cells = [described[name] for name in components]
        tables.setdefault(row["datastream"], []).append(cells)
    document: dict[str, Any] = {}
    if page.count is not None:
        document["@iot.count"] = page.count
        if not page.counted_all:
            document[COUNT_IS_LEAST] = True
    if page.next is not None:
        document["@iot.nextLink"] = next_link(address, options, page.next)
    document["value"] = [
        {
            "Datastream@iot.navigationLink": ask.address("Datastreams", datastream),
            "components": components,
            "dataArray@iot.count": len(table),
            "dataArray": table,
        }
        for datastream, table in tables.items()
    ]
    return document


def _components(source: Collection, options: Options) -> list[str]:
    shown = ["id", *source.entity.shown]
    if options.select is None:
        return shown
    asked = ["id" if name in IDS else name for name in options.select]
    for name in asked:
        if name not in shown:
            raise unknown(name, source.entity).about("$select")
    return [name for name in shown if name in asked]
