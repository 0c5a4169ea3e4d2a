"""Found and stored episodes: each lands in exactly one list, by overlap."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from zhihuan.bureau.exceedance.matching import matched


@dataclass(frozen=True)
class Piece:
    """[start, end)."""

    start: int
    end: int


def _apart(edges: list[int]) -> list[Piece]:
    ordered = sorted(set(edges))
    return [Piece(a, b) for a, b in zip(ordered[::2], ordered[1::2], strict=False)]


_pieces = st.lists(st.integers(0, 40), max_size=12).map(_apart)


@given(found=_pieces, stored=_pieces)
def test_every_piece_lands_once_and_the_same_overlap(
    found: list[Piece], stored: list[Piece]
) -> None:
    result = matched(found, stored)
    assert sorted([*result.new, *(a for a, _b in result.same)], key=lambda p: p.start) == found
    olds = [*(b for _a, b in result.same), *result.merged, *result.gone]
    assert sorted(olds, key=lambda p: p.start) == stored
    for new, old in result.same:
        assert new.start < old.end and old.start < new.end  # noqa: PT018 - one overlap


def test_the_earliest_keeps_its_identity() -> None:
    result = matched([Piece(0, 10)], [Piece(6, 8), Piece(1, 2)])
    assert result.same == [(Piece(0, 10), Piece(1, 2))]
    assert result.merged == [Piece(6, 8)]


def test_touching_is_not_overlapping() -> None:
    result = matched([Piece(2, 4)], [Piece(0, 2)])
    assert (result.new, result.gone) == ([Piece(2, 4)], [Piece(0, 2)])
