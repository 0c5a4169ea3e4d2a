"""Pages in processes of their own: as many interpreters as ``ZHIHUAN_PAGE_PROCESSES`` says.

Python computes one page at a time in one process, and there beside gateway and periodic work. Page processes
take turns at one listening socket (``taking_turns``), reach an embedded store through the process that has it
(``telemetry.store.door``), and end with it. One that dies is replaced.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import structlog
from prometheus_client import multiprocess

from zhihuan.telemetry.store.door import StoreDoor
from zhihuan.telemetry.store.engine import Engine
from zhihuan.web.operations import exported
from zhihuan.web.platform.taking_turns import Shares, new_shares

__all__ = ["PageProcesses", "PagesNotUpError"]

_log = structlog.get_logger(__name__)
_PROGRAM = (sys.executable, "-m", "zhihuan.web.platform.page_process")
_LOOK_SECONDS = 0.2
_UP_SECONDS = 120.0
_STOP_SECONDS = 10.0
#: How long the next one waits when one has died [s]: doubled each time it dies young.
_PAUSE, _LONGEST_PAUSE, _YOUNG = 1.0, 30.0, 60.0


class PagesNotUpError(OSError):
    """A page process ended before it served, or did not come up in two minutes."""


class PageProcesses:
    """``start()``, later ``stop()``; both once. listening: the bound socket, given away. program: what each runs,
    with the number of the socket, the path of the door, that of the shares and the number of its place behind it."""

    def __init__(
        self,
        count: int,
        listening: socket.socket,
        engine: Engine,
        program: Sequence[str] = _PROGRAM,
    ) -> None:
        self._listening, self._program = listening, tuple(program)
        self._figures = tempfile.TemporaryDirectory(prefix="zhihuan-figures-")
        self._up = threading.Semaphore(0)
        questions: dict[str, Callable[[], Any]] = {
            "figures": exported.beside_pages,
            "up": self._up.release,
        }
        self._door = StoreDoor(engine, questions)
        self._stopping = threading.Event()
        self._shares = Path(self._figures.name, "connections")
        new_shares(self._shares, count)
        self._places = [_Place(number) for number in range(count)]
        self._watch = threading.Thread(
            target=self._replace_dead, name="page-processes", daemon=True
        )

    def start(self) -> None:
        """Returns when all of them answer; raises ``PagesNotUpError`` when one ends instead."""
        for place in self._places:
            place.process = self._new(place)
        self._wait_until_up()
        self._watch.start()

    def pids(self) -> list[int]:
        """The processes that run now."""
        return [place.process.pid for place in self._places if place.process is not None]

    def stop(self) -> None:
        """Returns when each has answered its last page, or after ten seconds."""
        self._stopping.set()
        if self._watch.is_alive():
            self._watch.join()
        running = [place.process for place in self._places if place.process is not None]
        for process in running:
            process.terminate()
        until = time.monotonic() + _STOP_SECONDS
        for process in running:
            try:
                process.wait(max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for place in self._places:
            place.process = None
        self._listening.close()
        self._door.close()
        self._figures.cleanup()

    def _new(self, place: _Place) -> subprocess.Popen[bytes]:
        number = self._listening.fileno()
        given = (str(number), str(self._door.path), str(self._shares), str(place.number))
        return subprocess.Popen(  # noqa: S603 - our own program
            [*self._program, *given],
            pass_fds=[number],
            env={**os.environ, exported.SHARED_FOLDER: self._figures.name},
            stdin=subprocess.DEVNULL,
        )

    def _wait_until_up(self) -> None:
        until, up = time.monotonic() + _UP_SECONDS, 0
        while up < len(self._places):
            up += self._up.acquire(timeout=_LOOK_SECONDS)
            codes = [place.process.poll() for place in self._places if place.process is not None]
            if ended := [code for code in codes if code is not None]:
                raise PagesNotUpError(f"a page process ended with {ended[0]} before it served")
            if time.monotonic() > until:
                raise PagesNotUpError(f"page processes were not up after {_UP_SECONDS:.0f} s")

    def _replace_dead(self) -> None:
        while not self._stopping.wait(_LOOK_SECONDS):
            for place in self._places:
                if place.process is not None and place.process.poll() is not None:
                    self._forget(place)
                elif place.process is None and time.monotonic() >= place.next_start:
                    place.began, place.process = time.monotonic(), self._new(place)

    def _forget(self, place: _Place) -> None:
        process, now = place.process, time.monotonic()
        assert process is not None  # noqa: S101 - the caller has just asked it
        _log.error("page_process_ended", pid=process.pid, code=process.returncode)
        with contextlib.suppress(OSError):
            multiprocess.mark_process_dead(process.pid, self._figures.name)
        Shares(self._shares, place.number).leave()
        lived = now - place.began
        place.pause = min(place.pause * 2, _LONGEST_PAUSE) if lived < _YOUNG else _PAUSE
        place.process, place.next_start = None, now + place.pause


class _Place:
    """Where one page process runs, and when the next may start there."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.process: subprocess.Popen[bytes] | None = None
        self.began = time.monotonic()
        self.pause = _PAUSE / 2
        self.next_start = 0.0
