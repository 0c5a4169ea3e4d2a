"""Fields that name another record by its code, as people know it, instead of a list of thousands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from zhihuan.bureau.people.scope import scope_of


class LinkedField(forms.CharField):
    """A record of ``model`` within the user's scope of ``permission``, found by one of ``keys``.

    "" for bodies that anybody may name, such as who carries out the works on a site.

    The form sets ``user`` before it is used. Cleans to the record or None. ``noun`` is where
    suggestions come from; the field works without them.
    """

    def __init__(
        self,
        model: type[Model],
        keys: tuple[str, ...],
        permission: str,
        *,
        noun: str = "",
        narrow: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("max_length", 120)
        super().__init__(**kwargs)
        self.model, self.keys, self.permission = model, keys, permission
        self.noun, self.narrow = noun, narrow
        self.user: Any = None
        self.widget.attrs["autocomplete"] = "off"

    def prepare_value(self, value: Any) -> Any:
        """A record (or its primary key, as an instance gives it) is shown by its first key."""
        if isinstance(value, self.model):
            return getattr(value, self.keys[0])
        if isinstance(value, int):
            found = self.model._default_manager.filter(pk=value).values_list(
                self.keys[0], flat=True
            )
            return found.first()
        return value

    def clean(self, value: Any) -> Any:
        text = super().clean(self.prepare_value(value))
        if not text:
            return None
        within = self.model._default_manager.all()
        if self.permission:
            within = scope_of(self.user, self.permission).filter(within)
        if self.narrow is not None:
            within = self.narrow(within)
        for key in self.keys:
            found = list(within.filter(**{key: text})[:2])
            if len(found) == 1:
                return found[0]
            if found:
                raise ValidationError(
                    _("有多条记录名为“%(text)s”，请改填编码。"), params={"text": text}
                )
        raise ValidationError(
            _("没有找到“%(text)s”，或不在您的管辖范围。请核对编码后重填。"), params={"text": text}
        )
