"""What was typed, as ranks of conditions: an exact code before the beginning of a name, a name before
its pinyin, pinyin before an address. Pure: asks nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from zhihuan.bureau.search.text import SHORTEST, START, at_start, inside, plain

#: Longer questions are cut: nobody types them, and each character costs.
LONGEST = 60
_MOST_WORDS = 5
#: From so many letters and digits on, with so many digits, it is a code and nothing else.
_CODE_LENGTH, _CODE_DIGITS = 8, 5


class Rank(IntEnum):
    """Why something was found; smaller is better."""

    CODE = 0
    NAME_BEGINS = 1
    CODE_BEGINS = 2
    NAME = 3
    READING_BEGINS = 4
    READING = 5
    PART_OF_CODE = 6
    TEXT = 7
    SPREAD = 8


@dataclass(frozen=True, slots=True)
class Condition:
    """The phrase stands in one of these columns of an entry."""

    columns: tuple[str, ...]
    phrase: str


@dataclass(frozen=True, slots=True)
class Tier:
    """All conditions hold: found for that reason. Their columns lie in one index (``engine``)."""

    rank: Rank
    conditions: tuple[Condition, ...]

    def is_asked_of(self, columns: frozenset[str]) -> bool:
        """Whether records that are found by these columns can hold it, and no other tier asks the same of them."""
        return all(columns.issuperset(each.columns) for each in self.conditions)


@dataclass(frozen=True, slots=True)
class Question:
    """``code``: sought as a code, whole and as its beginning ("" = as none). ``tiers``: the other ways
    in which it may be meant, best first."""

    code: str
    tiers: tuple[Tier, ...]


def question(typed: str) -> Question | None:
    """None for nothing to go by."""
    words = [word for word in map(plain, typed[:LONGEST].split()) if word][:_MOST_WORDS]
    if not words:
        return None
    whole = "".join(words)
    code = whole if any(c.isascii() for c in whole) else ""
    found = _parts_of_code(whole)
    if not _is_code(whole):
        found += [*_by_name(words), *_by_reading(whole)]
    return Question(code, tuple(sorted(found, key=lambda tier: tier.rank)))


def _is_code(whole: str) -> bool:
    digits = sum(c.isdigit() for c in whole)
    return whole.isascii() and len(whole) >= _CODE_LENGTH and digits >= _CODE_DIGITS


def _parts_of_code(whole: str) -> list[Tier]:
    if len(whole) < SHORTEST or not any(c.isascii() for c in whole):
        return []
    return [Tier(Rank.PART_OF_CODE, (Condition(("codes",), whole),))]


def _by_name(words: list[str]) -> list[Tier]:
    begins = (Condition(("name",), at_start(words[0])), *_all_in(words[1:], "name"))
    found = [
        Tier(Rank.NAME_BEGINS, begins),
        Tier(Rank.NAME, _all_in(words, "name")),
        Tier(Rank.TEXT, _all_in(words, "texts")),
    ]
    if len(words) > 1:
        found.append(Tier(Rank.SPREAD, _all_in(words, "name", "texts")))
    return found


def _by_reading(whole: str) -> list[Tier]:
    if not whole.isascii() or whole.isdigit():
        return []
    found = []
    if len(whole) + 1 >= SHORTEST:
        begins = Condition(("letters",), f"{START}{whole}")
        found.append(Tier(Rank.READING_BEGINS, (begins,)))
    if len(whole) >= SHORTEST:
        found.append(Tier(Rank.READING, (Condition(("letters",), whole),)))
    return found


def _all_in(words: list[str], *columns: str) -> tuple[Condition, ...]:
    return tuple(Condition(columns, inside(word)) for word in words)
