"""One embedded engine for the platform of all tests of a process, emptied before each that asks for it.

Starting chDB and making its tables takes a good part of a second, and most tests need an empty store more than
they need a new one. So the engine stays open from one test to the next, and what stands above it (the journal, the
store) is made anew, in a folder of the test's own. chDB opens one folder a process: whoever opens another one has
this one closed first, unless a test is using it; then chDB refuses, as it does in earnest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhihuan.telemetry.store import TelemetryStore
from zhihuan.telemetry.store.embedded import EmbeddedEngine
from zhihuan.telemetry.store.history import current_layout
from zhihuan.telemetry.store.journaled import JournaledEngine
from zhihuan.telemetry.store.opening import JOURNAL
from zhihuan.telemetry.store.sql_store import SqlStore

_FILLED = "SELECT DISTINCT table AS t FROM system.parts WHERE active AND database = 'zhihuan'"


class _Kept(EmbeddedEngine):
    """Closing it ends its use, not the engine."""

    def close(self) -> None:
        self._closed.set()

    def lend(self) -> None:
        self._closed.clear()

    def end(self) -> None:
        self._closed.clear()
        super().close()


class OneEngine:
    """Lends its engine, one test at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: _Kept | None = None
        self._lent = False

    @contextmanager
    def store(self, folder: Path) -> Iterator[TelemetryStore]:
        """A migrated, empty store whose journal lies in ``folder``."""
        engine = self._engine()
        self._lent = True
        try:
            opened = SqlStore(JournaledEngine(engine, folder / JOURNAL))
            yield opened
            opened.close()
        finally:
            self._lent = False

    def give_way(self) -> None:
        """Close the engine, unless a test is using it."""
        if self._kept is not None and not self._lent:
            self._kept.end()
            self._kept = None

    def _engine(self) -> _Kept:
        if self._kept is not None and not self._is_empty_again():
            self.give_way()
        if self._kept is None:
            self._kept = _Kept(self._folder)
            SqlStore(self._kept).migrate()
            self._is_empty_again()
        return self._kept

    def _is_empty_again(self) -> bool:
        """False when the test before left an engine that does not answer."""
        assert self._kept is not None
        self._kept.lend()
        try:
            filled = {str(name) for name in self._kept.read(_FILLED)["t"]}
            for table in filled & current_layout().keys():
                self._kept.command(f"TRUNCATE TABLE @{table}")
        except Exception:  # noqa: BLE001 - whatever a test has done to it
            return False
        return True


@contextmanager
def kept_engine(folder: Path) -> Iterator[OneEngine]:
    """For so long it makes way for any other engine that is opened."""
    one, start = OneEngine(folder), EmbeddedEngine.__init__

    def starting(engine: EmbeddedEngine, elsewhere: Path) -> None:
        if not isinstance(engine, _Kept):
            one.give_way()
        start(engine, elsewhere)

    EmbeddedEngine.__init__ = starting  # type: ignore[method-assign]
    try:
        yield one
        one.give_way()
    finally:
        EmbeddedEngine.__init__ = start  # type: ignore[method-assign]
