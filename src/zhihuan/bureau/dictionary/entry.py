"""The dictionary's entries: one for each field of each of the platform's own models, in table order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from zhihuan.bureau.dictionary.declared import DeclaredModel, Meaning, declared_models
from zhihuan.bureau.people.actions import Reach, declared_actions
from zhihuan.bureau.people.roles import ROLES

_NOTHING = DeclaredModel({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One field. ``codes``: its values, or the name of their table. ``readers``: the roles that may see
    its model and how far, "" when no page shows it. ``is_required``: it may not be left empty."""

    model: str
    model_name: str
    field: str
    name: str
    meaning: str
    type: str
    unit: str
    codes: str
    source: str
    readers: str
    is_required: bool
    is_personal: bool
    is_secret: bool

    @property
    def pk(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """``registry.Site.name``."""
        return f"{self.model}.{self.field}"


def own_models() -> list[type[models.Model]]:
    """The models of the platform itself: what Django and its libraries keep is described by them."""
    return [each for each in apps.get_models() if each.__module__.startswith("zhihuan.")]


def own_fields(model: type[models.Model]) -> list[Any]:
    """What is declared on the model: row numbers and links to a parent's row say nothing of the world."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [each for each in fields if not each.auto_created]


def entries() -> list[Entry]:
    """Every field; one without a declared meaning has its help text, or "" (which a test refuses)."""
    return [each for model in own_models() for each in _of_model(model)]


def _of_model(model: type[models.Model]) -> Iterator[Entry]:
    declared = declared_models().get(model._meta.label, _NOTHING)
    readers = _readers(model, declared)
    for field in own_fields(model):
        told = declared.fields.get(field.name, Meaning(str(field.help_text)))
        is_secret = field.name in declared.secret
        yield Entry(
            model=model._meta.label,
            model_name=str(model._meta.verbose_name),
            field=field.name,
            name=str(field.verbose_name),
            meaning=told.meaning,
            type=type_of(field),
            unit=told.unit,
            codes=told.codes or _choices(field),
            source=told.source or declared.source,
            readers="" if is_secret else readers,
            is_required=_is_required(field),
            is_personal=field.name in declared.personal,
            is_secret=is_secret,
        )


def _is_required(field: Any) -> bool:
    """Whether somebody must fill it in: what has a value from the start or is not edited need not be."""
    given = field.blank or not field.editable or field.many_to_many or field.has_default()
    return not given and not isinstance(field, models.BooleanField)


def type_of(field: Any) -> str:
    """What the column holds, in words: ``文本（≤120）``, ``日期``, ``→ registry.Site``."""
    if field.remote_field is not None:
        several = _("（多个）") if field.many_to_many else ""
        return f"→ {field.remote_field.model._meta.label}{several}"
    if isinstance(field, models.DecimalField):
        return _("小数（%(digits)s 位，小数 %(places)s 位）") % {
            "digits": field.max_digits,
            "places": field.decimal_places,
        }
    word = next(word() for kind, word in _TYPES if isinstance(field, kind))
    return f"{word}（≤{field.max_length}）" if field.max_length else word


_TYPES: tuple[tuple[type[Any], Any], ...] = (
    (models.BooleanField, lambda: _("是/否")),
    (models.DateTimeField, lambda: _("时刻（UTC 存储）")),
    (models.DateField, lambda: _("日期（北京时间）")),
    (models.IntegerField, lambda: _("整数")),
    (models.FloatField, lambda: _("浮点数")),
    (models.BinaryField, lambda: _("字节")),
    (models.JSONField, lambda: "JSON"),
    (models.Field, lambda: _("文本")),
)


def _choices(field: Any) -> str:
    """``key 重点管理；simplified 简化管理``; "" where any value may stand."""
    if not field.choices:
        return ""
    return "；".join(f"{value} {text}" for value, text in field.flatchoices)


def _readers(model: type[models.Model], declared: DeclaredModel) -> str:
    own = f"{model._meta.app_label}.view_{model._meta.model_name}"
    wanted = declared.permission or own
    acts = [act for name, act in declared_actions().items() if fnmatchcase(name, wanted)]
    far: dict[str, Reach] = {}
    for role, reach in (each for act in acts for each in act.roles.items()):
        far[role] = max(reach, far.get(role, reach))
    return "、".join(f"{ROLES[role].name}（{reach.text}）" for role, reach in far.items())
