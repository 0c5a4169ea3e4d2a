"""A credit code whose check character is another one (GB 32100-2015, 5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from zhihuan.bureau.people.credit_code import inconsistent
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.bureau.registry.quality.check import ArrayCheck


def _judge(rows: Sequence[tuple[Any, ...]]) -> NDArray[np.bool_]:
    return inconsistent([code for (code,) in rows])


CREDIT_CODE_WRONG = ArrayCheck(
    code="credit_code_wrong",
    title=_("信用代码校验不符"),
    mend=_("与营业执照逐位核对；早期赋码确有不符的，可保留并在备注说明。"),
    model=Enterprise,
    fields=("credit_code",),
    judge=_judge,
)
