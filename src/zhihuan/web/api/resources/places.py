"""Towns: what every other record's place refers to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.places.models import Town
from zhihuan.web.api.attribute import Attribute
from zhihuan.web.api.filters import Among, Containing
from zhihuan.web.api.resource import Resource

TOWNS = Resource(
    name="towns",
    single="town",
    title=_("镇街"),
    about="Towns and subdistricts of the city; coordinates are those of the seat, WGS-84.",
    model=Town,
    view="registry.view_monitoringpoint",
    attributes=(
        Attribute("code"),
        Attribute("name"),
        Attribute("kind"),
        Attribute("pinyin"),
        Attribute("lon"),
        Attribute("lat"),
        Attribute(
            "former", about="Names and codes it had or is called by, as `name` or `name@code`"
        ),
        Attribute("abolished", about="Its last day; null: still there"),
    ),
    filters=(Containing(("name", "code", "pinyin")), Among("kind")),
    is_everyones=True,
)
