"""What a list can be asked for: declared once, documented and applied from the same declaration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models
from django.db.models import Q
from pydantic import Field

from zhihuan.web.api.attribute import Attribute, field_at, given_type, words

_MOST_WORDS = 8


def left_out(schema: dict[str, Any]) -> None:
    """A parameter that may be left out has no default that could be sent."""
    schema.pop("default", None)


class Filter(Protocol):
    """``parameter``: annotation and field of the query parameter. ``condition``: on the model."""

    @property
    def name(self) -> str: ...

    def parameter(self, model: type[models.Model]) -> tuple[Any, Any]: ...

    def condition(self, given: Any) -> Q: ...


@dataclass(frozen=True, slots=True)
class Among:
    """One of the given values: ``?town=442000101&town=442000102``."""

    name: str
    source: str = ""

    def parameter(self, model: type[models.Model]) -> tuple[Any, Any]:
        as_attribute = Attribute(self.name, self.source)
        title, about = words(model, as_attribute)
        field, _missing = field_at(model, as_attribute.path)
        wanted = given_type(model, as_attribute) if field.choices else str
        described = Field(
            default_factory=list,
            title=title,
            description=f"{about}: one of these; repeat to give several",
            max_length=50,
        )
        return list[wanted], described  # type: ignore[valid-type]

    def condition(self, given: Sequence[Any]) -> Q:
        return Q(**{f"{self.source or self.name}__in": list(given)}) if given else Q()


@dataclass(frozen=True, slots=True)
class Containing:
    """Every word of the text stands in one of the fields: ``?q=三角 印染``."""

    fields: tuple[str, ...]
    name: str = "q"

    def parameter(self, _model: type[models.Model]) -> tuple[Any, Any]:
        about = f"Text in {', '.join(self.fields)}; every word must be found"
        return str, Field("", title="关键词", description=about, max_length=60)

    def condition(self, given: str) -> Q:
        wanted = Q()
        for word in given.split()[:_MOST_WORDS]:
            found = Q()
            for field in self.fields:
                found |= Q(**{f"{field}__icontains": word})
            wanted &= found
        return wanted


@dataclass(frozen=True, slots=True)
class InForceOn:
    """What is valid on a day: it began by then and has not ended."""

    begins: str = "valid_from"
    ends: str = "valid_until"
    name: str = "on"

    def parameter(self, _model: type[models.Model]) -> tuple[Any, Any]:
        about = "Valid on this day"
        return dt.date, Field(None, title="有效日", description=about, json_schema_extra=left_out)

    def condition(self, given: dt.date | None) -> Q:
        if given is None:
            return Q()
        endless = Q(**{f"{self.ends}__isnull": True}) | Q(**{f"{self.ends}__gte": given})
        return endless & Q(**{f"{self.begins}__lte": given})


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no: ``?synthetic=false``."""

    name: str
    source: str = ""

    def parameter(self, model: type[models.Model]) -> tuple[Any, Any]:
        title, about = words(model, Attribute(self.name, self.source))
        return bool, Field(None, title=title, description=about, json_schema_extra=left_out)

    def condition(self, given: bool | None) -> Q:
        return Q() if given is None else Q(**{self.source or self.name: given})
