"""The filter by town: the towns of one's own area, or all for those who see the whole city."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope import scope_of, towns_in
from zhihuan.web.listing import ChoiceFilter, Column

#: The column of the town a record itself names.
TOWN = Column("town", _("镇街"), sort="town_id")


def town_filter(permission: str, field: str = "town") -> ChoiceFilter:
    """``?town=<code>``; options cost one query."""

    def options(user: Any) -> list[tuple[str, str]]:
        towns = towns_in(scope_of(user, permission))
        return list(towns.order_by("code").values_list("code", "name"))

    return ChoiceFilter("town", _("镇街"), options=options, field=field)
