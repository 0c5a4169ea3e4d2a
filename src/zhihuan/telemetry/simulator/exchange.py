"""The device's order of frames after a command: 9011, reply, data, 9012; or 9013 for a notice.

Says what to send and when to wait; sending is the caller's. Refuses to judge commands: that is
``answers``. Source: HJ 212-2017, 6.1, 6.5, C.1–C.50; HJ/T 212-2005, C.1.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from zhihuan.hj212.message import Message
from zhihuan.telemetry.simulator.answers import answer
from zhihuan.telemetry.simulator.frames import FrameWriter, WrittenFrame
from zhihuan.telemetry.simulator.logger import Logger

__all__ = ["carry_out"]

Send = Callable[[WrittenFrame], None]
Deliver = Callable[[WrittenFrame], Awaitable[bool]]


async def carry_out(
    logger: Logger, writer: FrameWriter, message: Message, send: Send, deliver: Deliver
) -> None:
    """Answer one command completely.

    send: writes a frame that nobody acknowledges. deliver: writes a data frame and waits for its
    acknowledgement; False when it never came, which fails the command (ExeRtn 4, time-out).
    """
    found = answer(logger, message)
    qn = message.qn
    if found.qn_rtn == 0:
        send(writer.plain("9013", "", st="91", qn=qn))
        return
    if message.needs_ack or message.flag is None:
        send(writer.plain("9011", f"QnRtn={found.qn_rtn}", st="91", qn=qn))
    if found.reply is not None:
        send(writer.plain(message.cn, found.reply, st=message.st, qn=qn))
    result = found.exe_rtn
    for report in found.reports:
        for frame in writer.report(report):
            if not await deliver(frame):
                result = _TIMED_OUT
    if result is not None:
        send(writer.plain("9012", f"ExeRtn={result}", st="91", qn=qn))
    logger.exchange_ended()


_TIMED_OUT = 4
