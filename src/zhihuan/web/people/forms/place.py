"""Fields that name a body: one of the bureau from a short list, one outside by code or full name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation
from zhihuan.web.people.tree import inner_choices
from zhihuan.web.registry.forms.linked import LinkedField


class InnerField(forms.ModelChoiceField):
    """A body of the bureau, shown as its tree."""

    def __init__(self, **kwargs: Any) -> None:
        rows = Organisation.objects.filter(kind__in=Organisation.INSIDE, closed_on=None)
        super().__init__(queryset=rows, **kwargs)

    def show_tree(self, blank: Any) -> None:
        """Fill the options in: when a form is made, for the tree changes."""
        self.choices = [("", blank), *inner_choices()]


def outer_field(**kwargs: Any) -> LinkedField:
    """A body outside the bureau, by its credit code or full name."""
    return LinkedField(
        Organisation,
        ("credit_code", "name"),
        "",
        narrow=lambda rows: rows.exclude(kind__in=Organisation.INSIDE).filter(closed_on=None),
        **kwargs,
    )


class PlaceFields(forms.Form):
    """Asks for a body inside or outside; ``cleaned_data["place"]`` is the one given."""

    inner = InnerField(label=_("本局机构"), required=False)
    outer = outer_field(
        label=_("局外单位"),
        required=False,
        help_text=_("本局人员不填；填已登记单位的信用代码或全称。"),
    )

    def show_place(self, place: Organisation | None) -> None:
        """Offer the bureau's tree, and show where somebody is now."""
        self.fields["inner"].show_tree(_("局外单位，见下一项"))  # type: ignore[attr-defined]
        if place is not None and place.is_inside:
            self.fields["inner"].initial = place.pk
        elif place is not None:
            self.fields["outer"].initial = place.credit_code or place.name

    def place_given(self, cleaned: dict[str, Any]) -> Organisation | None:
        """The one body named; ValidationError for none or two."""
        named = [cleaned[each] for each in ("inner", "outer") if cleaned.get(each)]
        if {"inner", "outer"} & set(self.errors):
            return None
        if len(named) != 1:
            raise ValidationError({"inner": _now("请在本局机构与局外单位中选填一项。")})
        found: Organisation = named[0]
        return found
