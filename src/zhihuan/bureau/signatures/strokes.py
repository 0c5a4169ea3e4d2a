"""A signature as its strokes: read from what a browser sent, written as a table, drawn as a path. Pure.

    signature = read(text)      # {"width": 600, "height": 200, "began": "…+08:00", "strokes": [[[x, y, ms], …], …]}
    signature.table()           # CSV: stroke, at (ISO 8601, UTC), x, y
    signature.drawn()           # "600 200 10,20 15,25;30,40 31,44" for a document or a page

Times are milliseconds since the pen first touched; they never run backwards. What was not written by a hand in
some time (a single dot, a thousand strokes, a line without time) is refused, for it is no signature.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

__all__ = ["BadSignatureError", "Point", "Signature", "path_of", "read", "read_table"]

_MOST_STROKES, _MOST_POINTS, _MOST_SIDE = 200, 20_000, 4000
_LEAST_POINTS = 5
_LONGEST_MS = 10 * 60 * 1000
#: As many points of a stroke as a document needs.
_DRAWN_POINTS = 60


class BadSignatureError(ValueError):
    """This is no signature; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Point:
    """x, y: [px] of the pad; at_ms: since the first touch."""

    x: int
    y: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Signature:
    """width, height: of the pad [px]. began: aware, by the device's own clock."""

    width: int
    height: int
    began: datetime
    strokes: tuple[tuple[Point, ...], ...]

    def table(self) -> bytes:
        """Every point with its moment, for the vault."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["stroke", "at", "x", "y", "width", "height"])
        for number, stroke in enumerate(self.strokes, start=1):
            for point in stroke:
                at = (self.began + timedelta(milliseconds=point.at_ms)).astimezone(UTC)
                written = at.isoformat(timespec="milliseconds")
                writer.writerow([number, written, point.x, point.y, self.width, self.height])
        return out.getvalue().encode()

    def drawn(self) -> str:
        """Its looks as one line of text."""
        strokes = ";".join(
            " ".join(f"{each.x},{each.y}" for each in _thinned(stroke)) for stroke in self.strokes
        )
        return f"{self.width} {self.height} {strokes}"


def read(text: str) -> Signature:
    """What the pad of a page sent. BadSignatureError."""
    try:
        given = json.loads(text)
        began = datetime.fromisoformat(given["began"])
        strokes = tuple(tuple(_point(each) for each in stroke) for stroke in given["strokes"])
        signature = Signature(int(given["width"]), int(given["height"]), began, strokes)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadSignatureError(_("签名没有收全，请重新签名。")) from error
    _check(signature)
    return signature


def read_table(data: bytes) -> Signature:
    """The signature that ``table`` wrote. BadSignatureError."""
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    try:
        moments = [datetime.fromisoformat(each["at"]) for each in rows]
        strokes: dict[str, list[Point]] = {}
        for row, at in zip(rows, moments, strict=True):
            since = round((at - moments[0]) / timedelta(milliseconds=1))
            point = Point(int(row["x"]), int(row["y"]), since)
            strokes.setdefault(row["stroke"], []).append(point)
        width, height = int(rows[0]["width"]), int(rows[0]["height"])
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise BadSignatureError(_("签名文件不是笔迹表。")) from error
    return Signature(width, height, moments[0], tuple(tuple(each) for each in strokes.values()))


def path_of(drawn: str) -> tuple[int, int, str]:
    """Width, height and an SVG path of what ``drawn`` gave."""
    width, height, strokes = drawn.split(" ", 2)
    parts = []
    for stroke in strokes.split(";"):
        points = stroke.split(" ")
        parts.append("M" + " L".join(points if len(points) > 1 else points * 2))
    return int(width), int(height), " ".join(parts)


def _point(given: Any) -> Point:
    x, y, at_ms = given
    return Point(round(x), round(y), round(at_ms))


def _check(signature: Signature) -> None:
    points = [point for stroke in signature.strokes for point in stroke]
    if signature.began.tzinfo is None or not _is_in_bounds(signature, points):
        raise BadSignatureError(_("签名没有收全，请重新签名。"))
    if len(points) < _LEAST_POINTS:
        raise BadSignatureError(_("签名太短，请签写完整姓名。"))
    times = [point.at_ms for point in points]
    if times != sorted(times) or times[0] < 0 or not 0 < times[-1] <= _LONGEST_MS:
        raise BadSignatureError(_("签名的笔迹时间有误，请重新签名。"))


def _is_in_bounds(signature: Signature, points: list[Point]) -> bool:
    sides = 0 < signature.width <= _MOST_SIDE and 0 < signature.height <= _MOST_SIDE
    few = len(signature.strokes) <= _MOST_STROKES and len(points) <= _MOST_POINTS
    whole = all(signature.strokes)
    return (
        sides
        and few
        and whole
        and all(
            0 <= each.x <= signature.width and 0 <= each.y <= signature.height for each in points
        )
    )


def _thinned(stroke: tuple[Point, ...]) -> tuple[Point, ...]:
    """Evenly chosen points of a long stroke, its ends among them."""
    step = -(-len(stroke) // _DRAWN_POINTS)
    return stroke if step <= 1 else (*stroke[:-1:step], stroke[-1])
