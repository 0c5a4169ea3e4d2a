"""The device's side of a command: what a logger does and says when the host asks.

``answer`` changes the logger's settings and says which frames follow; it sends nothing itself. The
order 9011 → reply → data → 9012 is kept by ``exchange``. Refuses what a real logger refuses: a
wrong password, a command its edition does not know, a value outside its range.

Sources: HJ 212-2017, table 9, C.1–C.50, tables 6 and 7; HJ/T 212-2005, annex C; HJ 212-2025 and
surface water at second hand.
"""

from __future__ import annotations

from zhihuan.hj212.message import Message
from zhihuan.hj212.profile import Version
from zhihuan.telemetry.simulator.answers.command import Answer, Command, Rule
from zhihuan.telemetry.simulator.answers.rules import RULES, RULES_OF
from zhihuan.telemetry.simulator.logger import Logger

__all__ = ["answer"]

# QnRtn (2017, table 7)
_REFUSED, _WRONG_PASSWORD, _WRONG_COMMAND = 2, 3, 8


def answer(logger: Logger, message: Message) -> Answer:
    """Carry the command out and say what follows."""
    if message.pw and message.pw != logger.settings.password:
        return Answer(_WRONG_PASSWORD, exe_rtn=None)
    rule = _rule(logger, message)
    if rule is None:
        code = _REFUSED if logger.spec.version is Version.V2005 else _WRONG_COMMAND
        return Answer(code, exe_rtn=None)
    return rule(Command(logger, message))


def _rule(logger: Logger, message: Message) -> Rule | None:
    edition = "surface_water" if logger.spec.surface_water else logger.spec.version.year
    for table in (RULES_OF.get(edition, {}), RULES):
        if message.cn in table:
            return table[message.cn]
    return None
