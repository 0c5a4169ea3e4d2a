"""What may be done with informants, beside the steps of the procedure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.actions import Action, Reach
from zhihuan.bureau.people.roles import DUTY_OFFICER, SECTION_HEAD

VIEW_INFORMANT, ADD_INFORMANT = "clues.view_informant", "clues.add_informant"
ERASE_INFORMANT = "clues.erase_informant"

# officers who check are not told who reported: they do not need it, and cannot let it slip
_DESK = {DUTY_OFFICER: Reach.CITY, SECTION_HEAD: Reach.TERRITORY}
ACTIONS = (
    Action(VIEW_INFORMANT, _("查看举报人身份"), _DESK, sensitive=True),
    Action(ADD_INFORMANT, _("登记举报人"), _DESK, sensitive=True),
    Action(ERASE_INFORMANT, _("删除举报人身份"), {SECTION_HEAD: Reach.TERRITORY}, sensitive=True),
)
