"""Text from the network, made fit for a column: devices send anything."""

from __future__ import annotations


def clean(text: str, limit: int) -> str:
    """``text`` without NUL and lone surrogates (PostgreSQL refuses both), at most ``limit`` long."""
    fit = text.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    return fit.encode("utf-8", "replace").decode("utf-8")[:limit]
