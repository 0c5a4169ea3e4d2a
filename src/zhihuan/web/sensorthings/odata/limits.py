"""How large what we read may be. Far above what people write, far below what hurts."""

from __future__ import annotations

#: Characters of one option.
TEXT = 8_000
#: Operators, literals, paths and calls of one expression.
NODES = 300
#: Levels of nesting of one expression: parentheses, calls, chains of arithmetic.
DEPTH = 40
#: Digits of one number.
DIGITS = 40
#: Whole numbers of a JSON reader (IEEE 754) are exact up to here.
LARGEST_WHOLE = 2**53
#: Characters of one WKT geometry.
GEOMETRY = 6_000
#: Levels of $expand, and expansions in one request.
EXPANSION_DEPTH = 5
EXPANSIONS = 20
#: Segments of an address, names of a path.
SEGMENTS = 12
#: Largest $top and $skip that are read at all.
LARGEST_PAGE_NUMBER = 10**9
