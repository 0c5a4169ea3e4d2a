"""``zhihuan search``: the index behind the search box, compared with the records and made anew."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

from zhihuan.cli._platform import start

if TYPE_CHECKING:
    from zhihuan.bureau.search.agreement import Disagreement


@click.group("search")
def command() -> None:
    """Look after the index behind the search box.

    Run it with the environment of the platform (ZHIHUAN_HOME, ZHIHUAN_DATABASE_URL). The platform may
    go on working.
    """
    start()


@command.command("rebuild")
def rebuild_index() -> None:
    """Write every entry that is missing or wrong, and make the database's indexes anew.

    Needed after somebody has written to the database by hand. Doing it again is harmless.
    """
    from zhihuan.bureau.search.agreement import rebuild

    for each in _with_progress(rebuild):
        click.echo(f"{each.kind}: {_figures(each)}")


@command.command("check")
def check_index() -> None:
    """Compare every entry with its record; change nothing. Exits with 1 when they disagree."""
    from zhihuan.bureau.search.agreement import compare

    wrong = [each for each in _with_progress(compare) if each]
    for each in wrong:
        click.echo(f"{each.kind}: {_figures(each)}")
    click.echo("mend it with: zhihuan search rebuild" if wrong else "index and records agree")
    sys.exit(1 if wrong else 0)


def _figures(found: Disagreement) -> str:
    return f"{found.missing} missing, {found.wrong} wrong, {found.left_over} left over"


def _with_progress(work: Callable[..., Sequence[Disagreement]]) -> Sequence[Disagreement]:
    """Do it with one bar for each kind of record."""
    with ExitStack() as bars:
        shown: dict[str, Any] = {}

        def tell(kind: str, done: int, total: int) -> None:
            if kind not in shown:
                bar = click.progressbar(length=max(total, 1), label=kind, file=sys.stderr)
                shown[kind] = bars.enter_context(bar)
            shown[kind].update(done - shown[kind].pos)

        return work(tell)
