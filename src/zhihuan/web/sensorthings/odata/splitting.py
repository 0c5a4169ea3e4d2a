"""Cuts text at a separator, but not inside quotes or parentheses. Linear, not recursive."""

from __future__ import annotations

from zhihuan.web.sensorthings.odata.refusal import Reason, Refusal


def split(text: str, separator: str) -> list[tuple[int, str]]:
    """The parts with their offsets; a quote doubled inside quotes stays inside. Raises ``Refusal``."""
    parts: list[tuple[int, str]] = []
    start, depth, quoted = 0, 0, False
    for at, character in enumerate(text):
        if character == "'":
            quoted = not quoted
        elif quoted:
            continue
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth < 0:
                raise Refusal(Reason.EXPECTED, at, expected="value", found=")")
        elif character == separator and depth == 0:
            parts.append((start, text[start:at]))
            start = at + 1
    if quoted:
        raise Refusal(Reason.UNFINISHED_TEXT, len(text))
    if depth:
        raise Refusal(Reason.EXPECTED, len(text), expected=")", found="")
    return [*parts, (start, text[start:])]
