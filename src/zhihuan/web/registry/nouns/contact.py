"""Contacts: personal data, shown only at their enterprise and only when asked for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.registry.models import Contact
from zhihuan.web.registry.forms.contact import ContactForm
from zhihuan.web.registry.noun import Noun
from zhihuan.web.registry.nouns.enterprise import ENTERPRISE

_CHANGE = "registry.change_contact"

CONTACT = Noun(
    code="contacts",
    model=Contact,
    one=_("联系人"),
    key="pk",
    view=_CHANGE,
    change=_CHANGE,
    add=_CHANGE,
    delete=_CHANGE,
    form=ContactForm,
    related=("enterprise",),
    owner=lambda row: (ENTERPRISE, row.enterprise),
)
NOUNS = (CONTACT,)
