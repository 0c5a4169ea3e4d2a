"""Which part of a file a browser asks for when it goes on with a download that was cut off. Pure.

Source: RFC 9110 §14. One range a request; several at once, or a unit nobody knows, are answered with the whole file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Span", "UnsatisfiableRangeError", "span_asked"]

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class UnsatisfiableRangeError(ValueError):
    """The range lies beyond the end of the file."""


@dataclass(frozen=True, slots=True)
class Span:
    """From byte ``start`` up to, not with, ``stop``."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        return self.stop - self.start

    def said(self, size: int) -> str:
        """As Content-Range says it."""
        return f"bytes {self.start}-{self.stop - 1}/{size}"


def span_asked(header: str, size: int) -> Span | None:
    """None: the whole file. UnsatisfiableRangeError."""
    match = _RANGE.fullmatch(header.replace(" ", ""))
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:  # the last so many bytes
        start, stop = max(size - int(last), 0), size
    else:
        start, stop = int(first), min(int(last) + 1 if last else size, size)
    if start >= size or (not first and not int(last)):
        raise UnsatisfiableRangeError(header)
    return Span(start, stop) if start < stop else None
