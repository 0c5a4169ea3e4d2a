"""The registry's own checks, one a file. Other apps register theirs from where their data are."""

from __future__ import annotations

from zhihuan.bureau.registry.quality.check import Check
from zhihuan.bureau.registry.quality.checks.contacts_missing import CONTACTS_MISSING
from zhihuan.bureau.registry.quality.checks.contacts_stale import CONTACTS_STALE
from zhihuan.bureau.registry.quality.checks.credit_code_wrong import CREDIT_CODE_WRONG
from zhihuan.bureau.registry.quality.checks.industry_missing import INDUSTRY_MISSING
from zhihuan.bureau.registry.quality.checks.limits_expired import LIMITS_EXPIRED
from zhihuan.bureau.registry.quality.checks.outside_town import ENTERPRISE_OUTSIDE, POINT_OUTSIDE
from zhihuan.bureau.registry.quality.checks.permit_missing import PERMIT_MISSING
from zhihuan.bureau.registry.quality.checks.point_without_device import POINT_WITHOUT_DEVICE

CHECKS: tuple[Check, ...] = (
    CONTACTS_MISSING,
    CONTACTS_STALE,
    ENTERPRISE_OUTSIDE,
    CREDIT_CODE_WRONG,
    INDUSTRY_MISSING,
    PERMIT_MISSING,
    POINT_OUTSIDE,
    POINT_WITHOUT_DEVICE,
    LIMITS_EXPIRED,
)
