"""How far the trail had come, kept outside the database.

Blocks prove that nothing before the newest of them was altered, but not that the newest are still
there. So once a day number and link of the newest block go to a file of chained lines. Copy it
somewhere the administrator of the database cannot write (paper is such a place): whoever has an
old line of it can tell a cut-off or rewritten trail for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from zhihuan.bureau.audit.findings import Fault, Finding
from zhihuan.bureau.audit.models import AuditBlock
from zhihuan.telemetry.chained_lines import BrokenLineError, ChainedLines

__all__ = ["check_anchors", "drop_anchor"]


def drop_anchor(path: Path) -> int | None:
    """Write the newest block down; its number, None when it stands there already or there is none.

    Raises BrokenLineError when the file was tampered with.
    """
    newest = AuditBlock.objects.order_by("-number").first()
    lines = ChainedLines(path)
    last = 0
    for line in lines:
        last = int(line["number"])
    if newest is None or newest.number <= last:
        return None
    at = timezone.now().isoformat(timespec="seconds")
    lines.append([{"number": newest.number, "link": bytes(newest.link).hex(), "at": at}])
    return newest.number


def check_anchors(path: Path) -> Iterator[Finding]:
    """Whether every block ever written down is still there, and the same."""
    try:
        anchors = {int(line["number"]): str(line["link"]) for line in ChainedLines(path)}
    except (BrokenLineError, KeyError, ValueError) as error:
        yield Finding(Fault.ANCHORS, 0, str(error))
        return
    there = AuditBlock.objects.filter(number__in=anchors).values_list("number", "link")
    links = {number: bytes(link).hex() for number, link in there}
    for number, link in anchors.items():
        if number not in links:
            words = f"block {number} was there once and is gone with all behind it"
            yield Finding(Fault.CUT_OFF, number, words)
        elif links[number] != link:
            words = f"block {number} is not the one that was written down"
            yield Finding(Fault.BLOCK_ALTERED, number, words)
