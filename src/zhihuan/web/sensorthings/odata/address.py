"""Resource paths: ``Things(1)/Datastreams('a')/name/$value`` as segments (18-088, 9.2).

Says what was written, not what it means: whether a name is an entity set, a relation or a property is
for who knows them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhihuan.web.sensorthings.odata import limits
from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal
from zhihuan.web.sensorthings.odata.splitting import split

_SEGMENT = re.compile(r"(\$?[^\W\d]\w*|@iot\.\w+)(?:\((.*)\))?", re.DOTALL)
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)

Key = int | str


@dataclass(frozen=True, slots=True)
class Segment:
    """One name between slashes, with the key in its parentheses."""

    name: str
    key: Key | None = None


def read_address(text: str) -> tuple[Segment, ...]:
    """The segments of a decoded path; none for the root. Raises ``Refusal``."""
    if len(text) > limits.TEXT:
        raise Refusal(Reason.TOO_LONG, most=limits.TEXT)
    text = text.strip("/")
    if not text:
        return ()
    parts = split(text, "/")
    if len(parts) > limits.SEGMENTS:
        raise Refusal(Reason.TOO_MANY_PARTS, most=limits.SEGMENTS)
    return tuple(_segment(part) for _at, part in parts)


def _segment(text: str) -> Segment:
    found = _SEGMENT.fullmatch(text)
    if found is None:
        raise Refusal(Reason.BAD_ADDRESS, text=text[:60])
    return Segment(found[1], None if found[2] is None else _key(found[2], text))


def _key(text: str, segment: str) -> Key:
    if _NUMBER.fullmatch(text):
        return int(text)
    inner = text[1:-1]
    if len(text) >= 2 and text[0] == text[-1] == "'" and "'" not in inner.replace("''", ""):
        return inner.replace("''", "'")
    raise Refusal(Reason.BAD_ADDRESS, text=segment[:60])


def key_text(key: Key) -> str:
    """A key as it stands in an address."""
    return str(key) if isinstance(key, int) else "'" + key.replace("'", "''") + "'"
