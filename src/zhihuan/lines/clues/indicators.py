"""What is counted of clues: found on site and off site, proved, gone into a case. Void ones are left out; what was merged into
another was found all the same."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.indicators.declaration import Acts, Group, Indicator, Occasion, Share, Traits
from zhihuan.lines.clues.models import Clue

__all__ = ["FIGURES", "SOURCES"]

SOURCES = dict(Clue.Source.choices)
_BASIS = "生态环境行政处罚办法（部令第30号） §18"
_PIECE = _("件")


def _traits(each: Occasion) -> Traits:
    return Traits(source=each.matter.source)


def _found(*sources: str) -> Any:
    wanted = sources or tuple(Clue.Source.values)
    return lambda each: each.matter.state != "void" and each.matter.source in wanted


def _acts(code: str, *steps: str, **more: Any) -> Acts:
    return Acts(code, ("clue",), steps, traits=_traits, **more)


FOUND = _acts("clue_found", "register", "log", only=_found())
OFF_SITE = _acts("clue_off_site", "register", "log", only=_found(*Clue.BY_MACHINE))
ON_SITE = _acts("clue_on_site", "register", "log", only=_found(Clue.Source.PATROL))
BROUGHT = _acts("clue_brought", "register", "log", only=_found(Clue.Source.COMPLAINT, Clue.Source.TRANSFER, Clue.Source.MEDIA))  # fmt: skip
CHECKED = _acts("clue_checked", "verify", day="checked_at")
PROVED = _acts("clue_proved", "verify", day="checked_at", only=lambda each: each.matter.is_proved)
TO_CASE = _acts("clue_to_case", "to_case")

checked = Indicator(
    "leads_checked", _("核查线索"), _PIECE, Group.LEADS, CHECKED, basis=_BASIS,
    about=_("期内两名执法人员现场核查的线索，按核查之日计。"),
)  # fmt: skip
proved = Indicator(
    "leads_proved", _("查实线索"), _PIECE, Group.LEADS, PROVED, basis=_BASIS,
    about=_("其中核查属实或者部分属实的线索。"),
)  # fmt: skip

FIGURES: tuple[Indicator | Share, ...] = (
    Indicator("leads", _("登记线索"), _PIECE, Group.LEADS, FOUND, basis=_BASIS,
              about=_("期内登记的线索，按登记之日计；作废的不计，并入其他线索的仍计。")),
    Indicator("leads_off_site", _("其中非现场发现"), _PIECE, Group.LEADS, OFF_SITE, basis=_BASIS,
              about=_("自动监测异常和数据模型识别的线索。")),
    Indicator("leads_on_site", _("其中现场发现"), _PIECE, Group.LEADS, ON_SITE, basis=_BASIS,
              about=_("日常检查巡查发现的线索。")),
    Indicator("leads_brought", _("其中举报、移送和媒体"), _PIECE, Group.LEADS, BROUGHT, basis=_BASIS,
              about=_("投诉举报、上级交办和部门移送、媒体曝光的线索。")),
    checked,
    proved,
    Share("proved_rate", _("查实率"), Group.LEADS, proved, checked, basis=_BASIS, about=_("查实线索占核查线索的比例。")),
    Indicator("leads_to_case", _("线索转立案"), _PIECE, Group.LEADS, TO_CASE, basis=_BASIS,
              about=_("期内处理为转立案的线索。")),
)  # fmt: skip
