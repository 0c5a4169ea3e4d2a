"""Hide passwords and keys in frames before people or logs see them.

Masks the value of PW, NewPW and NewSK (HJ 212-2017, 6.3.1 and table 9; NewSK of HJ 212-2025, read at
second hand), and of whatever else has PW or SK in its name. Frames that people look at are often
damaged, so it rather masks too much: a separator or an equals sign may be missing or another byte.
It changes the bytes: a masked frame is for reading, never for evidence or replay. Mask bytes, not
text made of them: an escape such as ``\\xd0`` in front of a name hides where the name begins.
"""

from __future__ import annotations

import re

MASK = "******"
# A key is 16 bytes, any of which may be a separator; SKCreateTime is a time and no secret.
_SECRET = re.compile(
    rb"(PW(?:=|[;,&](?!&))?)([^;,&]*)|(SK(?!CreateTime=)(?:=|[;,&](?!&))?)(.{0,16}[^;,&]*)",
    re.IGNORECASE | re.DOTALL,
)
# Of the name PW= one byte is damaged: what stands before ;MN= is the password all the same.
_BEFORE_MN = re.compile(rb"((?:P.|.W)=)([^;,&]*)(?=;MN=)", re.IGNORECASE | re.DOTALL)
_RULES = (_SECRET, _BEFORE_MN)
_SEPARATOR = re.compile(rb"[;,&=]")
# A shorter value stands in too many other places to be looked for.
_SHORTEST_SOUGHT = 4


def masked(raw: bytes) -> bytes:
    """``raw`` with every secret value replaced by six asterisks."""
    for rule in _RULES:
        raw = rule.sub(_hidden, raw)
    return raw


def secrets_in(raw: bytes) -> list[bytes]:
    """What ``masked`` hides, longest first: to find it again where a reader repeats it elsewhere.

    The pieces of a key that has separators in it too: a reader takes them for fields.
    """
    values = {_parts(match)[1] for rule in _RULES for match in rule.finditer(raw)}
    pieces = {piece for value in values for piece in _SEPARATOR.split(value)}
    return sorted(
        (value for value in values | pieces if len(value) >= _SHORTEST_SOUGHT),
        key=len,
        reverse=True,
    )


def is_secret(key: str) -> bool:
    """Whether a field of this name holds a password or a key."""
    name = key.lower()
    return "pw" in name or ("sk" in name and name != "skcreatetime")


def _hidden(match: re.Match[bytes]) -> bytes:
    return _parts(match)[0] + MASK.encode()


def _parts(match: re.Match[bytes]) -> tuple[bytes, bytes]:
    """The name and the value; of the groups of two alternatives one pair took part."""
    name, value = (group for group in match.groups() if group is not None)
    return name, value
