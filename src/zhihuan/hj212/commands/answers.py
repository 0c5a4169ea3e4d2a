"""Answers 9011 to 9014, and the signs of life 9015 and 9021.

In HJ/T 212-2005 an answer names its request inside CP (``QN=…``); that QN belongs to the envelope
(``Body.to_cp(answers=…)``, ``parsing.answered_qn``), not to these parameters.
"""

from __future__ import annotations

from zhihuan.hj212.commands.bodies import Body
from zhihuan.hj212.commands.slots import body, key

__all__ = [
    "DataAnswer",
    "ExecutionResult",
    "Heartbeat",
    "Login",
    "NoticeAnswer",
    "RequestAnswer",
]


@body
class RequestAnswer(Body):
    """9011: whether the request will be carried out; codes in ``codes.qn_rtn`` (2017: table 7)."""

    code: int = key("QnRtn")


@body
class ExecutionResult(Body):
    """9012: how it went; codes in ``codes.exe_rtn`` (2017: table 6)."""

    code: int = key("ExeRtn")


@body
class NoticeAnswer(Body):
    """9013: the notice arrived (2017: 6.5.3)."""


@body
class DataAnswer(Body):
    """9014: the data arrived and is safe (2017: 6.5.2; 2005: C.6).

    answered_cn, part, parts: only HJ/T 212-2005 says what was received. The field also adds
    ``QnRtn`` and vendor keys; they are read into ``extra`` and mean nothing.
    """

    answered_cn: str = key("CN", default="")
    part: int | None = key("PNO", default=None)
    parts: int | None = key("PNUM", default=None)


@body
class Heartbeat(Body):
    """9015 of 2025 and the surface-water profile: still here; 9013 answers (C.54, second hand)."""


@body
class Login(Body):
    """9021, a vendors' extension seen in the field: who I am; answered like a notice (unconfirmed)."""
