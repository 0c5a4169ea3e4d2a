"""One journalled write: a head with length and checksum, then each table's rows as Arrow.

    magic "ZHJ1" | CRC-32 of the body | length of the body | body
    body: (length of the name | length of the rows | name | Arrow IPC stream) per table

Pure. A power cut may leave the last record torn, so reading stops where a record does not check;
``Segment.damaged`` tells a torn end, which nobody was promised, from a hole before good records.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

__all__ = ["Segment", "TableRows", "read_segment", "record_bytes"]

_MAGIC = b"ZHJ1"
_HEAD = struct.Struct("<4sIQ")
_PART = struct.Struct("<HQ")


@dataclass(frozen=True, slots=True)
class TableRows:
    """Rows for one table in the types it declares."""

    table: str
    rows: pa.Table


@dataclass(frozen=True, slots=True)
class Segment:
    """What a file held. damaged: a record that does not check stands before one that does."""

    records: list[list[TableRows]]
    damaged: bool


def record_bytes(tables: Sequence[TableRows]) -> bytearray:
    """The record of one write."""
    parts = [_HEAD.pack(_MAGIC, 0, 0)]  # its place, so that the rows are copied once only
    for each in tables:
        parts += _part(each)
    record = bytearray().join(parts)
    body = memoryview(record)[_HEAD.size :]
    _HEAD.pack_into(record, 0, _MAGIC, zlib.crc32(body), len(body))
    return record


def read_segment(data: bytes) -> Segment:
    """All records that check, in order; what follows a torn one is looked for and kept too."""
    records: list[list[TableRows]] = []
    place = end = 0  # end: where the last good record ended
    damaged = False
    while (place := data.find(_MAGIC, place)) >= 0:
        body = _checked_body(data, place)
        if body is None:
            place += 1
            continue
        damaged |= place != end
        records.append(_tables(body))
        place = end = place + _HEAD.size + len(body)
    return Segment(records, damaged)


def _checked_body(data: bytes, place: int) -> memoryview | None:
    if len(data) - place < _HEAD.size:
        return None
    _, checksum, length = _HEAD.unpack_from(data, place)
    begin = place + _HEAD.size
    if length > len(data) - begin:
        return None
    body = memoryview(data)[begin : begin + length]
    return body if zlib.crc32(body) == checksum else None


def _part(each: TableRows) -> tuple[bytes, pa.Buffer]:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, each.rows.schema) as stream:
        stream.write_table(each.rows)
    rows, name = sink.getvalue(), each.table.encode()
    return _PART.pack(len(name), rows.size) + name, rows


def _tables(body: memoryview) -> list[TableRows]:
    found: list[TableRows] = []
    place = 0
    while place < len(body):
        name_length, rows_length = _PART.unpack_from(body, place)
        name_at = place + _PART.size
        rows_at = name_at + name_length
        place = rows_at + rows_length
        with pa.ipc.open_stream(pa.py_buffer(body[rows_at:place])) as stream:
            found.append(TableRows(bytes(body[name_at:rows_at]).decode(), stream.read_all()))
    return found
