"""The unified social credit code (统一社会信用代码, GB 32100-2015): form and check character.

Codes of the first days exist whose check character is wrong although they are real, so a wrong
check character is told as a warning and never refuses a record; a wrong form is refused.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
#: ASCII code → value; -1 for what no credit code has.
_VALUES = np.array([_CHARACTERS.find(chr(n)) if n else -1 for n in range(128)])
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_FORM = r"^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$"

#: The form: 18 characters, digits and capital letters without I, O, S, V, Z (GB 32100-2015, 4).
CREDIT_CODE = RegexValidator(
    _FORM, _("统一社会信用代码为 18 位数字或大写字母（不含 I、O、S、V、Z），第 3–8 位为数字")
)


def check_character(first_17: str) -> str:
    """The 18th character that belongs to the first 17 (GB 32100-2015, 5).

    >>> check_character("91350100M000100Y4")
    '3'
    """
    total = sum(_CHARACTERS.index(each) * w for each, w in zip(first_17, _WEIGHTS, strict=True))
    return _CHARACTERS[(31 - total % 31) % 31]


def is_consistent(code: str) -> bool:
    """Whether a code of the right form carries its own check character."""
    return len(code) == 18 and check_character(code[:17]) == code[17]


def inconsistent(codes: Sequence[str]) -> NDArray[np.bool_]:
    """Which of many codes have the right length and another check character than they should."""
    found = np.zeros(len(codes), dtype=np.bool_)
    whole = [n for n, code in enumerate(codes) if len(code) == 18]
    if not whole:
        return found
    letters = np.array([codes[n] for n in whole], dtype="U18").view(np.uint32).reshape(-1, 18)
    values = _VALUES[np.minimum(letters, 127)]
    totals = (values[:, :17] * np.array(_WEIGHTS)).sum(axis=1)
    known = (values >= 0).all(axis=1)
    found[np.array(whole)[known]] = ((31 - totals % 31) % 31 != values[:, 17])[known]
    return found
