"""A monitoring report of the stack, and what a line tells of a sample."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stack_cases import at

from zhihuan.bureau.exceedance.manual.entering import Report
from zhihuan.bureau.exceedance.manual.samples import KnownSample

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Page >>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def report(value: float = 20.0, **fields: Any) -> Report:
    """Sampled over half an hour from 01:10 of 1 March, by the standards."""
    from zhihuan.bureau.vault.keeping import keep_made

    told = {
        "sampled_from": at("03-01 01:10"), "sampled_until": at("03-01 01:40"), "value": value,
        "unit": "mg/m³", "method": "HJ 57-2017", "agency": "市监测站", "number": "ZS-2026-001",
        "file": keep_made(PDF, "报告.pdf"), "lawful": True,
    }  # fmt: skip
    return Report(**(told | fields))


def tells(*samples: KnownSample) -> Any:
    """A line that knows these."""

    def find(_point: Any, _factor: str, since: Any, until: Any) -> Iterable[KnownSample]:
        return [each for each in samples if since <= each.sampled_at < until]

    return find


def known(matter: int = 1, **fields: Any) -> KnownSample:
    told = {
        "code": "S-1", "sampled_at": at("03-01 01:20"), "place": "DA001", "method": "HJ 57-2017",
        "is_certain": True,
    }  # fmt: skip
    return KnownSample(matter=matter, **(told | fields))
