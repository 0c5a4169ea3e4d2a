"""Why a request cannot be answered: a reason, where in the text, and the values its words need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any


class Reason(Enum):
    """Every reason there is. Words and HTTP status: ``zhihuan.web.sensorthings.words``."""

    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    TOO_MANY_PARTS = "too_many_parts"
    BAD_CHARACTER = "bad_character"
    UNFINISHED_TEXT = "unfinished_text"
    BAD_NUMBER = "bad_number"
    BAD_MOMENT = "bad_moment"
    NO_TIME_ZONE = "no_time_zone"
    BAD_GEOMETRY = "bad_geometry"
    EXPECTED = "expected"
    UNKNOWN_FUNCTION = "unknown_function"
    ARGUMENT_COUNT = "argument_count"
    WRONG_KIND = "wrong_kind"
    UNKNOWN_PROPERTY = "unknown_property"
    NOT_A_RELATION = "not_a_relation"
    BAD_ADDRESS = "bad_address"
    OPTION_TWICE = "option_twice"
    BAD_OPTION = "bad_option"
    UNSUPPORTED_OPTION = "unsupported_option"
    NOT_HERE = "not_here"
    BAD_TOKEN = "bad_token"  # noqa: S105 - a page's mark, no password
    NUMBERS_TOO_LARGE = "numbers_too_large"
    MIXED_PATHS = "mixed_paths"
    NOT_FILTERABLE = "not_filterable"
    NOT_SORTABLE = "not_sortable"
    TOO_MANY_SERIES = "too_many_series"
    SKIP_TOO_FAR = "skip_too_far"
    NEEDS_START = "needs_start"
    COUNT_NOT_HERE = "count_not_here"


class Refusal(ValueError):  # noqa: N818 - the word for it here; an error would be ours
    """Raised wherever a request cannot be answered.

    option: the query option it is about, "" for the address. at: offset in that option's text, None
    when it is about the whole.
    """

    def __init__(self, reason: Reason, at: int | None = None, **values: Any) -> None:
        super().__init__(f"{reason.value} at {at}: {values}")
        self.reason = reason
        self.at = at
        self.values = values
        self.option = ""

    def about(self, option: str) -> Refusal:
        """The same, said of ``option`` unless it is said of one already."""
        self.option = self.option or option
        return self


@contextmanager
def refusing(option: str) -> Iterator[None]:
    """Whatever is refused within is said of ``option``."""
    try:
        yield
    except Refusal as refusal:
        raise refusal.about(option) from None
