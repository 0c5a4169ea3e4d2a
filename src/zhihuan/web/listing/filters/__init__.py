"""What a list can be asked by: text, one choice, several choices, a yes, a span of days."""

from zhihuan.web.listing.filters.choice import ChoiceFilter, ManyFilter, Option
from zhihuan.web.listing.filters.days import DaysFilter
from zhihuan.web.listing.filters.filter import Filter
from zhihuan.web.listing.filters.flag import FlagFilter
from zhihuan.web.listing.filters.text import TextFilter

__all__ = [
    "ChoiceFilter",
    "DaysFilter",
    "Filter",
    "FlagFilter",
    "ManyFilter",
    "Option",
    "TextFilter",
]
