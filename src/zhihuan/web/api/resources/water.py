"""Rivers and their sections."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import River, Section, SectionTarget
from zhihuan.web.api.attribute import Attribute
from zhihuan.web.api.filters import Among, Containing
from zhihuan.web.api.resource import Nested, Resource, Writing

RIVERS = Resource(
    name="rivers",
    single="river",
    title=_("河流（湖库）"),
    about="Rivers, streams, lakes and reservoirs.",
    model=River,
    view="registry.view_section",
    attributes=(Attribute("code"), Attribute("name"), Attribute("kind"), Attribute("basin")),
    filters=(Containing(("name", "code", "basin")), Among("kind")),
    is_everyones=True,
    writing=Writing(add="registry.change_section", change="registry.change_section"),
)

SECTIONS = Resource(
    name="sections",
    single="section",
    title=_("断面"),
    about="Sections of rivers with the water class (GB 3838, 1 to 5) they must reach, year by year.",
    model=Section,
    view="registry.view_section",
    attributes=(
        Attribute("code"),
        Attribute("name"),
        Attribute("river", "river__code", refers_to="rivers"),
        Attribute("level"),
        Attribute("town"),
        Attribute("lon"),
        Attribute("lat"),
    ),
    nested=(
        Nested(
            "targets",
            SectionTarget,
            "section",
            (Attribute("year"), Attribute("water_class"), Attribute("basis")),
            ("year",),
        ),
    ),
    filters=(
        Containing(("name", "code")),
        Among("river", "river__code"),
        Among("level"),
        Among("town"),
    ),
    writing=Writing(add="registry.change_section", change="registry.change_section"),
)
