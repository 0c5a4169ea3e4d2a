"""Who sees figures, and how far. A figure is the same for all of one town: it does not hang on which of its matters one may
open."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.people.actions import Action, Reach
from zhihuan.bureau.people.roles import FIELD_OFFICER, LEADER, SECTION_HEAD

VIEW = "indicators.view_countedact"
_READERS = {LEADER: Reach.CITY, SECTION_HEAD: Reach.TERRITORY, FIELD_OFFICER: Reach.TERRITORY}

ACTIONS = (Action(VIEW, _("查看执法统计"), _READERS),)
