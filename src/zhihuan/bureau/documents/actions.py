"""What may be done with documents beside looking at them, and by whom. To look at a document is to look
at its matter: that right comes with the procedure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people import roles
from zhihuan.bureau.people.actions import Action, Reach

SERVE, PUBLISH, VOID = "documents.serve", "documents.publish", "documents.void_number"
CONSENT, ACKNOWLEDGE = "documents.consent_to_service", "documents.acknowledge"
_PARTY = {roles.ENTERPRISE_USER: Reach.OWN}
_OFFICE = {
    roles.REGISTRAR: Reach.TERRITORY,
    roles.SECTION_HEAD: Reach.TERRITORY,
}

ACTIONS = (
    Action(SERVE, _("登记送达回证"), {roles.FIELD_OFFICER: Reach.TERRITORY, **_OFFICE}),
    Action(PUBLISH, _("公开与撤下文书"), {roles.SECTION_HEAD: Reach.TERRITORY}, sensitive=True),
    Action(VOID, _("作废文号"), {roles.SECTION_HEAD: Reach.TERRITORY}),
    Action(CONSENT, _("同意电子送达"), _PARTY),
    Action(ACKNOWLEDGE, _("签收电子送达的文书"), _PARTY),
)
