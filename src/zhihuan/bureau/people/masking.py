"""Numbers of documents as pages show them."""

from __future__ import annotations

__all__ = ["masked"]

#: Of a number of so many signs at least, how many show at each end.
_ENDS = ((18, 4), (8, 2), (4, 1), (0, 0))


def masked(number: str) -> str:
    """Of eighteen signs and more four at each end, of eight two, of four one, of fewer none.

    >>> masked("11010519491231002X"), masked("H12345678"), masked("A1234"), masked("A1")
    ('1101**********002X', 'H1*****78', 'A***4', '**')
    """
    ends = next(ends for least, ends in _ENDS if len(number) >= least)
    hidden = len(number) - 2 * ends
    return f"{number[:ends]}{'*' * hidden}{number[len(number) - ends :]}"
