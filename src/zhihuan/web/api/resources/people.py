"""Organisations, and people by name only: no telephone, no address, no account name, no rights."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.models import Organisation, User
from zhihuan.web.api.attribute import Attribute
from zhihuan.web.api.filters import Among, Containing, Flag
from zhihuan.web.api.resource import Resource

ORGANISATIONS = Resource(
    name="organisations",
    single="organisation",
    title=_("机构"),
    about="The bureau, its sections and branches, and the bodies outside.",
    model=Organisation,
    view="people.view_organisation",
    key="id",
    reach="path",
    attributes=(
        Attribute("id"),
        Attribute("name"),
        Attribute("kind"),
        Attribute("credit_code"),
        Attribute("parent", "parent_id", about="`id` of the organisation above"),
        Attribute("synthetic"),
    ),
    filters=(Containing(("name", "credit_code")), Among("kind"), Flag("synthetic")),
)

USERS = Resource(
    name="users",
    single="user",
    title=_("人员"),
    about="People with an account that is in use: their name and where they belong, nothing else.",
    model=User,
    view="people.view_user",
    key="id",
    reach="organisation__path",
    attributes=(
        Attribute("id"),
        Attribute("name", "display_name"),
        Attribute("organisation", "organisation_id", about="`id` of the organisation"),
        Attribute("synthetic"),
    ),
    filters=(Containing(("display_name",)), Flag("synthetic")),
)
