"""Records as the documents callers get: one query for a page, one more for each kind of nested rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import QuerySet
from pydantic import BaseModel, ConfigDict, Field, create_model

from zhihuan.web.api.attribute import Attribute, answer_type, words
from zhihuan.web.api.resource import Nested, Resource

_PK = "_pk"


def documents(resource: Resource, rows: QuerySet[Any]) -> list[dict[str, Any]]:
    """The rows, in their order, as documents."""
    paths = [attribute.path for attribute in resource.attributes]
    names = [attribute.name for attribute in resource.attributes]
    found = [dict(zip([_PK, *names], row, strict=True)) for row in rows.values_list("pk", *paths)]
    for nested in resource.nested:
        hanging = _hanging(nested, [document[_PK] for document in found])
        for document in found:
            document[nested.name] = hanging[document[_PK]]
    for document in found:
        del document[_PK]
    return found


def _hanging(nested: Nested, parents: Sequence[Any]) -> dict[Any, list[dict[str, Any]]]:
    names = [attribute.name for attribute in nested.attributes]
    paths = [attribute.path for attribute in nested.attributes]
    rows = nested.model._default_manager.filter(**{f"{nested.parent}__in": parents})
    hanging: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for parent, *values in rows.order_by(*nested.order).values_list(nested.parent, *paths):
        hanging[parent].append(dict(zip(names, values, strict=True)))
    return hanging


def item_model(resource: Resource) -> type[BaseModel]:
    """What one record looks like, for the document of the interface."""
    fields = _fields(resource.model, resource.attributes)
    for nested in resource.nested:
        name = f"{_camel(resource.single)}{_camel(nested.name)}"
        row = create_model(name, **_fields(nested.model, nested.attributes))
        fields[nested.name] = (list[row], ...)  # type: ignore[valid-type]
    return create_model(_camel(resource.single), __config__=ConfigDict(extra="forbid"), **fields)


def page_model(resource: Resource, item: type[BaseModel]) -> type[BaseModel]:
    """A page of them."""
    about = "The address of the next page; null on the last one"
    return create_model(
        f"{_camel(resource.single)}Page",
        items=(list[item], ...),  # type: ignore[valid-type]
        next=(str | None, Field(..., title="下一页", description=about)),
    )


def _fields(model: type[models.Model], attributes: Sequence[Attribute]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for attribute in attributes:
        title, about = words(model, attribute)
        annotation = answer_type(model, attribute)
        fields[attribute.name] = (annotation, Field(..., title=title, description=about))
    return fields


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
