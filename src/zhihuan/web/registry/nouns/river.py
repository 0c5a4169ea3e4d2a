"""Rivers, their sections, and the class each section must reach in a year."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.models import River, Section, SectionTarget
from zhihuan.web.components.table import Blank
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import ChoiceFilter, Column, Listing, TextFilter
from zhihuan.web.registry.forms.river import RiverForm, SectionForm, TargetForm
from zhihuan.web.registry.noun import Noun, Part
from zhihuan.web.registry.nouns.enterprise import coordinates
from zhihuan.web.registry.nouns.links import form_of, page_of
from zhihuan.web.registry.nouns.point import points_part
from zhihuan.web.registry.nouns.towns import TOWN, town_filter

_VIEW, _CHANGE = "registry.view_section", "registry.change_section"


def _rivers(user: Any) -> QuerySet[River]:
    return scope_of(user, _VIEW).filter(River.objects.all())


def _sections(user: Any) -> QuerySet[Section]:
    return scope_of(user, _VIEW).filter(Section.objects.select_related("town", "river"))


SECTION_COLUMNS = (
    Column("name", _("断面名称"), sort="name", link=page_of("sections"), width=30),
    Column("code", _("断面编码"), Kind.CODE, sort="code", width=20),
    Column("level", _("级别"), value=lambda r: r.get_level_display(), sort="level"),
    TOWN,
)
RIVERS = Listing(
    name="rivers",
    title=_("河流（湖库）"),
    scope=_rivers,
    columns=(
        Column("name", _("名称"), sort="name", link=page_of("rivers"), width=30),
        Column("code", _("编码"), Kind.CODE, sort="code", width=20),
        Column("kind", _("类别"), value=lambda r: r.get_kind_display(), sort="kind"),
        Column("basin", _("流域（联围）"), sort="basin", width=24),
    ),
    filters=(
        TextFilter("q", _("名称或编码"), fields=("name", "code", "basin")),
        ChoiceFilter("kind", _("类别"), options=River.Kind.choices),
    ),
    order="code",
    blank=Blank(_("还没有登记河流")),
)
SECTIONS = Listing(
    name="sections",
    title=_("断面"),
    scope=_sections,
    columns=(
        *SECTION_COLUMNS,
        Column("river", _("河流（湖库）"), link=lambda r: RIVER.url_of(r.river), width=24),
    ),
    filters=(
        TextFilter("q", _("名称或编码"), fields=("name", "code", "river__name")),
        town_filter(_VIEW),
        ChoiceFilter("level", _("级别"), options=Section.Level.choices),
    ),
    order="code",
    blank=Blank(_("还没有登记断面")),
)


def _river_facts(row: River) -> list[Term]:
    return [
        Term(_("编码"), row.code, Kind.CODE),
        Term(_("类别"), row.get_kind_display()),
        Term(_("流域（联围）"), row.basin),
    ]


def _section_facts(row: Section) -> list[Term]:
    return [
        Term(_("编码"), row.code, Kind.CODE),
        Term(_("河流（湖库）"), row.river, url=RIVER.url_of(row.river)),
        Term(_("级别"), row.get_level_display()),
        Term(_("镇街"), row.town),
        Term(_("坐标（WGS-84）"), coordinates(row), Kind.CODE, reason=_("尚未登记")),
    ]


RIVER = Noun(
    code="rivers",
    model=River,
    one=_("河流（湖库）"),
    key="code",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    form=RiverForm,
    listing=RIVERS,
    facts=_river_facts,
    parts=(
        Part(
            _("断面"),
            lambda r: r.sections.select_related("town"),
            SECTION_COLUMNS,
            _VIEW,
            _("还没有登记断面。"),
            adds="sections",
            given=lambda r: {"river": str(r.pk)},
        ),
    ),
)
SECTION = Noun(
    code="sections",
    model=Section,
    one=_("断面"),
    key="code",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    form=SectionForm,
    listing=SECTIONS,
    facts=_section_facts,
    related=("river", "town"),
    parts=(
        Part(
            _("水质目标"),
            lambda r: r.targets.order_by("-year"),
            (
                Column("year", _("年度"), link=form_of("targets")),
                Column("water_class", _("目标"), value=lambda r: r.get_water_class_display()),
                Column("basis", _("依据"), width=36),
            ),
            _VIEW,
            _("还没有登记水质目标：无法判断是否达标。"),
            adds="targets",
            given=lambda r: {"section": r.code},
        ),
        points_part(_("还没有自动监测点位。"), lambda r: {"section": r.code, "town": r.town_id}),
    ),
)
TARGET = Noun(
    code="targets",
    model=SectionTarget,
    one=_("水质目标"),
    key="pk",
    view=_VIEW,
    change=_CHANGE,
    add=_CHANGE,
    delete=_CHANGE,
    form=TargetForm,
    related=("section",),
    owner=lambda row: (SECTION, row.section),
)
NOUNS = (RIVER, SECTION, TARGET)
