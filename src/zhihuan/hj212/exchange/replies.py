"""Answers to a frame, in the form of the edition that spoke.

2017 and 2025 (6.5): QN in the head, ``Flag`` = version bits alone. 2005 (annex C): QN inside CP;
9012 and the device's 9013 without Flag; 9014 without PW, MN and Flag but with the CN it answers.

An answer echoes what the peer sent and can always be encoded. Whether to answer at all (only after
the data are safe; never to a wrong CRC) is the caller's decision.
"""

from __future__ import annotations

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.codes.system_types import INTERACTION
from zhihuan.hj212.commands.answers import (
    DataAnswer,
    ExecutionResult,
    NoticeAnswer,
    RequestAnswer,
)
from zhihuan.hj212.commands.bodies import Body
from zhihuan.hj212.commands.parsing import answered_qn, edition_of_message
from zhihuan.hj212.exchange.drafts import Draft
from zhihuan.hj212.message import Message

__all__ = ["answer_data", "answer_notice", "answer_request", "reply", "report_result"]


def answer_data(message: Message) -> Draft:
    """9014: the data of this frame are safe. A duplicate is answered again, with the same bytes."""
    if edition_of_message(message) is not Edition.HJ2005:
        return _answer(message, "9014", DataAnswer())
    part = DataAnswer(answered_cn=message.cn, part=message.pno, parts=message.pnum)
    if not (message.pno and message.pnum and 1 <= message.pno <= message.pnum <= 9999):
        part = DataAnswer(answered_cn=message.cn)
    cp = part.to_cp(Edition.HJ2005, answers=answered_qn(message))
    return Draft(None, INTERACTION, "9014", None, None, None, cp, echo=True)


def answer_notice(message: Message) -> Draft:
    """9013: the notice arrived."""
    return _answer(message, "9013", NoticeAnswer())


def answer_request(message: Message, code: int) -> Draft:
    """9011: whether the request will be carried out (``codes.qn_rtn``; 1 = yes)."""
    return _answer(message, "9011", RequestAnswer(code=code))


def report_result(message: Message, code: int) -> Draft:
    """9012: how the request went (``codes.exe_rtn``; 1 = done)."""
    return _answer(message, "9012", ExecutionResult(code=code))


def reply(message: Message, body: Body) -> Draft:
    """The value asked for: same CN and ST as the request, no answer wanted (2017: C.2)."""
    edition = edition_of_message(message)
    cp = body.to_cp(edition, answers=answered_qn(message))
    old = edition is Edition.HJ2005
    return Draft(
        qn=None if old else message.qn,
        st=message.st,
        cn=message.cn,
        pw=message.pw,
        mn=message.mn,
        flag=None if old else _version_bits(message, edition),
        cp=cp,
        echo=True,
    )


def _answer(message: Message, cn: str, body: Body) -> Draft:
    edition = edition_of_message(message)
    old = edition is Edition.HJ2005
    flagless = old and (cn == "9012" or message.flag is None)
    return Draft(
        qn=None if old else message.qn,
        st=INTERACTION,
        cn=cn,
        pw=message.pw,
        mn=message.mn,
        flag=None if flagless else _version_bits(message, edition),
        cp=body.to_cp(edition, answers=answered_qn(message)),
        echo=True,
    )


def _version_bits(message: Message, edition: Edition) -> int:
    """The peer's own version bits, no answer wanted, no parts.

    A surface-water station may say version 1 or 2 for the same profile: it hears what it said.
    """
    bits = (message.flag or 0) >> 2
    return (bits if 0 < bits <= 2 and edition is not Edition.HJ2005 else edition.version) << 2
