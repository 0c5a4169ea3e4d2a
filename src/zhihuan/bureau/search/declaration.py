"""What of a model is searched, said once beside it.

class Device(models.Model):
    SEARCH = Searched("registry.view_device", codes=("mn", "logger_id"))
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models

#: Bits of an entry's key that hold the record's primary key; those above name the model.
KEY_BITS = 41
_MODEL_BITS = 22


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody may find. rows: None for all. is_narrow: they are few."""

    rows: models.QuerySet[Any] | None
    is_narrow: bool = False


@dataclass(frozen=True, slots=True)
class Searched:
    """Fields of a model, by how they are sought.

    permission: whose scope decides who finds it; seen_by: where more than one right decides, the dotted
    name of a function from a user to ``Seen``. codes: known by their beginning and by any three
    characters (credit code, MN). name: by any part, and by its pinyin; more_name: fields that are read as
    part of it. texts: by any part, after all
    names (an address). whole: found by nothing but the whole value, for what must not be guessed
    character by character (a telephone number). newest_first: there are more every year, and those of
    this year are wanted; else in order of registration.
    """

    permission: str = ""
    codes: tuple[str, ...] = ()
    name: str = ""
    more_name: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    seen_by: str = ""
    newest_first: bool = False

    @property
    def fields(self) -> frozenset[str]:
        """Every field that an entry is made of."""
        return frozenset(
            (*self.codes, *self.texts, *self.whole, *self.more_name, *filter(None, [self.name]))
        )

    @property
    def is_coded(self) -> bool:
        """Whether records have codes of their own."""
        return bool(self.codes or self.whole)

    @property
    def columns(self) -> frozenset[str]:
        """The columns of an entry that hold anything."""
        held = [
            ("codes", self.codes),
            ("name", self.name),
            ("letters", self.name),
            ("texts", self.texts),
        ]
        return frozenset(column for column, fields in held if fields)


@dataclass(frozen=True)
class SearchedModel:
    """A model with what it declares, and the keys of its entries: a stretch of its own.

    The stretch follows from the model's label alone, so that no table of numbers has to be kept; two
    labels that share one are refused when the platform starts.
    """

    model: type[models.Model]
    declared: Searched

    @property
    def label(self) -> str:
        return str(self.model._meta.label_lower)

    @cached_property
    def number(self) -> int:
        """Names the model in keys and codes."""
        return zlib.crc32(self.label.encode()) & ((1 << _MODEL_BITS) - 1)

    @property
    def first_key(self) -> int:
        return self.number << KEY_BITS

    @property
    def last_key(self) -> int:
        return self.first_key + (1 << KEY_BITS) - 1

    def key_of(self, pk: int) -> int:
        """The key of the entry of the record with this primary key."""
        return self.first_key + pk

    def pk_of(self, key: int) -> int:
        """The primary key of the record behind an entry."""
        return key - self.first_key


def searched_models() -> dict[str, SearchedModel]:
    """Every model that says ``SEARCH`` itself, by label. ValueError when two stretches collide."""
    found: dict[str, SearchedModel] = {}
    taken: dict[int, str] = {}
    for model in apps.get_models():
        if (each := searched(model)) is None:
            continue
        if taken.setdefault(each.first_key, each.label) != each.label:
            raise ValueError(f"entries of {each.label} and {taken[each.first_key]} would collide")
        found[each.label] = each
    return found


def searched(model: type[models.Model]) -> SearchedModel | None:
    """That model with what it declares; None when it is not searched. Nothing is inherited: a child
    of an inherited model is another noun."""
    declared: Any = vars(model).get("SEARCH")
    return SearchedModel(model, declared) if declared is not None else None
