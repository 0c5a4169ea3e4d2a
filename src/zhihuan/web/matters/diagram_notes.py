"""What a crowded diagram says in words: below each state, the steps that leave it as it is and where else it may go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from zhihuan.bureau.matters.declaration import Procedure, Step

__all__ = ["noted"]

Pair = tuple[str, str]

#: Letters of one line: a column is as wide.
_WIDE = 17


def noted(
    procedure: Procedure, between: Mapping[Pair, list[Step]], in_words: Iterable[Pair]
) -> dict[str, list[str]]:
    """Lines by state. ``in_words``: the pairs of states whose arrow is not drawn."""
    staying: dict[str, list[str]] = {}
    going: dict[str, list[str]] = {}
    for source, target in in_words:
        if source == target:
            staying[source] = [str(step.title) for step in between[source, target]]
        else:
            going.setdefault(source, []).append(str(procedure.state(target).title))
    found: dict[str, list[str]] = {}
    for state in procedure.states:
        lines = [*_lines(_("不变状态："), staying.get(state.code, []))]
        lines += _lines(_("另可转为："), going.get(state.code, []))
        if lines:
            found[state.code] = lines
    return found


def _lines(begin: str, words: list[str]) -> Iterator[str]:
    """The words after the beginning, as many in a line as fit."""
    line = begin
    for number, word in enumerate(words):
        piece = word if number + 1 == len(words) else word + "、"
        if line and len(line) + len(piece) > _WIDE:
            yield line
            line = ""
        line += piece
    if words:
        yield line
