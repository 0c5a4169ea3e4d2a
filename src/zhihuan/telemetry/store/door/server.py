"""The side that has the store: one thread for each connection, one answer for each question."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import socketserver
import tempfile
import threading
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import structlog

from zhihuan.telemetry.store.engine import Engine
from zhihuan.telemetry.store.errors import StoreError, StoreUnavailable

__all__ = ["StoreDoor"]

_log = structlog.get_logger(__name__)
#: What may be asked of the engine; nothing else of it is reached through the door.
_CALLS = frozenset({"read", "read_each", "insert", "command"})


class StoreDoor:
    """Open from when it is made until ``close``. questions: what may be asked beside the engine, by name, each
    without arguments. Values travel as pickles, which is why no other account may enter the folder."""

    def __init__(
        self, engine: Engine, questions: Mapping[str, Callable[[], Any]] | None = None
    ) -> None:
        self._engine, self._questions = engine, dict(questions or {})
        # a socket's path may have a hundred letters only: not every home has so short a one
        self._folder = Path(tempfile.mkdtemp(prefix="zhihuan-door-"))
        self.path = self._folder / "store"
        self._server = _Server(str(self.path), self._serve)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.1,), name="store-door", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """No more questions; whoever waits for an answer or holds a connection sees its end."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._server.hang_up()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _serve(self, connection: Connection) -> None:
        with contextlib.suppress(EOFError, OSError):  # they went, or we close
            while True:
                name, arguments, named = connection.recv()
                connection.send(self._answer(name, arguments, named))

    def _answer(self, name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        try:
            return True, self._call(name, arguments, named)
        except StoreError as error:
            return False, error
        except Exception as error:  # noqa: BLE001 - whatever it is, it is logged, and the visitor told
            _log.exception("store_door_failed", asked=name)
            return False, StoreUnavailable(f"the process that has the store failed: {error!r}")

    def _call(self, name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        if name == "about":
            return self._engine.database, self._engine.capabilities
        if name in _CALLS:
            return getattr(self._engine, name)(*arguments, **named)
        return self._questions[name]()


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, path: str, serve: Callable[[Connection], None]) -> None:
        super().__init__(path, socketserver.BaseRequestHandler)
        self._serve = serve
        self._lock = threading.Lock()
        self._connections: set[socket.socket] = set()

    def finish_request(self, request: Any, client_address: Any) -> None:
        """One connection, in its own thread."""
        del client_address
        with self._lock:
            self._connections.add(request)
        try:
            with Connection(os.dup(request.fileno())) as connection:
                self._serve(connection)
        finally:
            with self._lock:
                self._connections.discard(request)

    def hang_up(self) -> None:
        """End every connection."""
        with self._lock:
            for each in self._connections:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
