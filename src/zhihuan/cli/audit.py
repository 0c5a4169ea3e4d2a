"""``zhihuan audit``: prove that the audit trail is as it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhihuan.cli._platform import start

if TYPE_CHECKING:
    from zhihuan.bureau.audit.findings import Finding

Work = Callable[[int, int], "Iterator[Finding]"]
Share = tuple[Work, int, int]
_BLOCKS_AT_ONCE = 50
_MATTERS_AT_ONCE = 10_000
_CLOCKS_AT_ONCE = 50_000
_EVIDENCE_AT_ONCE = 10_000
_MOST_TOLD = 100


@dataclass(frozen=True, slots=True)
class _Newest:
    """Up to which numbers there is something to read."""

    block: int
    matter: int
    clock: int
    evidence: int


@click.group("audit")
def command() -> None:
    """Seal and verify the audit trail of the platform whose environment this is."""


@command.command("verify")
@click.option(
    "--anchors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file of anchors [audit-anchors.jsonl of ZHIHUAN_HOME, when there is one].",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 32),
    default=1,
    show_default=True,
    help="Share the reading of the entries among so many.",
)
def verify(anchors: Path | None, processes: int) -> None:
    """Name every entry that was altered, removed, moved, dated back or slipped in, every event of a matter and
    every entry of the custody of evidence. Running clocks are compared with what happened to them.

    Status 1 when anything is wrong. The platform may run meanwhile.
    """
    _start()
    from zhihuan.bureau.audit.verifying import newest_number
    from zhihuan.bureau.matters.engine.following import has_followed
    from zhihuan.bureau.matters.engine.verifying import newest_matter
    from zhihuan.bureau.matters.engine.verifying_clocks import newest_clock
    from zhihuan.bureau.vault.evidence.verifying import newest_evidence

    newest = _Newest(newest_number(), newest_matter(), newest_clock(), newest_evidence())
    found = list(_everything(_anchor_file(anchors), newest, processes))
    for finding in found[:_MOST_TOLD]:
        click.echo(f"{finding.fault}: {finding.words}")
    if len(found) > _MOST_TOLD:
        click.echo(f"and {len(found) - _MOST_TOLD} more")
    if found:
        raise click.ClickException(f"{len(found)} findings; the trail is not as it was written")
    click.echo(
        f"{newest.block} blocks: every entry is as it was written, every event of a matter and the custody "
        "of all evidence"
    )
    if has_followed():
        click.echo("every running clock ends when its history says")
    else:
        click.echo(
            "running clocks were not compared: they are still to be reckoned by this version"
        )


@command.command("seal")
def seal() -> None:
    """Seal every entry that stands in no block yet, and drop an anchor. The platform does both itself."""
    _start()
    from zhihuan.bureau.audit.anchors import drop_anchor
    from zhihuan.bureau.audit.sealing import seal_missed

    click.echo(f"{seal_missed()} entries sealed")
    if number := drop_anchor(_default_anchors()):
        click.echo(f"block {number} written to {_default_anchors()}")


def _everything(anchors: Path | None, newest: _Newest, processes: int) -> Iterator[Finding]:
    from zhihuan.bureau.audit.anchors import check_anchors
    from zhihuan.bureau.audit.verifying import verify_chain
    from zhihuan.bureau.matters.engine.verifying import verify_gone
    from zhihuan.bureau.vault.evidence.verifying import verify_evidence_gone

    yield from verify_chain()
    if anchors is not None:
        yield from check_anchors(anchors)
    yield from verify_gone()
    yield from verify_evidence_gone()
    entries = _shares(_entries_of, newest.block, _BLOCKS_AT_ONCE)
    events = _shares(_events_of, newest.matter, _MATTERS_AT_ONCE)
    clocks = _shares(_clocks_of, newest.clock, _CLOCKS_AT_ONCE)
    custody = _shares(_custody_of, newest.evidence, _EVIDENCE_AT_ONCE)
    yield from _shared_out("entries", entries, processes)
    yield from _shared_out("events", events, processes)
    yield from _shared_out("clocks", clocks, processes)
    yield from _shared_out("custody", custody, processes)


def _shares(work: Work, last: int, size: int) -> list[Share]:
    """Numbers 1 to ``last``, so many at a time."""
    return [(work, first, min(first + size - 1, last)) for first in range(1, last + 1, size)]


def _shared_out(name: str, shares: Sequence[Share], processes: int) -> Iterator[Finding]:
    """The findings of all shares, with a bar."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=len(shares))
        for findings in _done(shares, processes):
            bar.advance(task)
            yield from findings


def _done(shares: Sequence[Share], processes: int) -> Iterator[list[Finding]]:
    if processes == 1:
        yield from map(_findings, shares)
        return
    _close_connections()
    with ProcessPoolExecutor(processes, initializer=_start) as pool:
        for done in as_completed([pool.submit(_findings, share) for share in shares]):
            yield done.result()


def _findings(share: Share) -> list[Finding]:
    work, first, last = share
    return list(work(first, last))


def _entries_of(first: int, last: int) -> Iterator[Finding]:
    from zhihuan.bureau.audit.verifying import verify_entries

    return verify_entries(first, last)


def _events_of(first: int, last: int) -> Iterator[Finding]:
    from zhihuan.bureau.matters.engine.verifying import verify_matters

    return verify_matters(first, last)


def _clocks_of(first: int, last: int) -> Iterator[Finding]:
    from zhihuan.bureau.matters.engine.verifying_clocks import verify_clocks

    return verify_clocks(first, last)


def _custody_of(first: int, last: int) -> Iterator[Finding]:
    from zhihuan.bureau.vault.evidence.verifying import verify_custody

    return verify_custody(first, last)


def _anchor_file(given: Path | None) -> Path | None:
    if given is not None:
        return given
    usual = _default_anchors()
    return usual if usual.exists() else None


def _default_anchors() -> Path:
    from django.conf import settings

    return Path(settings.ZHIHUAN_HOME) / "audit-anchors.jsonl"


def _start() -> None:
    start()
    _close_connections()


def _close_connections() -> None:
    """A process that is forked must not share its parent's: not even to end it, for both."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
