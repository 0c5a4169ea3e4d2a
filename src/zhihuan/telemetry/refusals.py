"""The gateway's own reasons for refusing traffic or a value, beside the codec's ``hj212.Reason``.

A closed set: pages, metrics and tests list it. What is wrong with the *bytes* is the codec's to
say; these say what is wrong with who sent them or with what they mean.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Refusal"]


class Refusal(StrEnum):
    """Why a well-formed frame, or a part of one, was not taken as data.

    The first group refuses the frame: it is not stored and not acknowledged, so the device keeps
    it. The second group refuses single values: the frame itself is stored and acknowledged.
    """

    UNKNOWN_DEVICE = "unknown_device"
    DISABLED_DEVICE = "disabled_device"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a reason code, not a password
    MISSING_MN = "missing_mn"
    UNKNOWN_LOGGER = "unknown_logger"
    STORE_REFUSED = "store_refused"

    BAD_TIME = "bad_time"
    IMPLAUSIBLE_TIME = "implausible_time"
    BAD_NUMBER = "bad_number"
    UNKNOWN_FACTOR = "unknown_factor"
    AMBIGUOUS_OLD_CODE = "ambiguous_old_code"
    UNKNOWN_CONTENT = "unknown_content"
