"""Telephones that talk to the platform over a network that does everything a network can do wrong.

What the phone itself keeps follows the program of the browser (``frontend/src/offline``): records stay until
an answer says how they stand, and each attempt begins with what is still open.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from phones import Jotter, told_of

__all__ = ["CutError", "Network", "Telephone"]

_PORTION = 70
_SETTLED = {"applied", "noted", "discarded"}


class CutError(Exception):
    """No answer came."""


@dataclass
class Network:
    """Between one person's phone and the platform. ``sign_in`` gives what their phone sends by; ``chance``
    decides what goes wrong; ``spoil`` makes the platform fail in the middle of a step while its context lasts."""

    sign_in: Callable[[], Any]
    chance: random.Random
    spoil: Callable[[], Any]
    faults: int = 0
    late: list[tuple[str, bytes, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = self.sign_in()

    def post(self, path: str, body: bytes, kind: str) -> Any:
        """The answer; CutError when none comes."""
        what = self.chance.choices(
            [
                "through",
                "before",
                "after",
                "double",
                "late",
                "again",
                "short",
                "signed out",
                "defect",
            ],
            [30, 12, 14, 12, 8, 8, 6, 4, 6],
        )[0]
        if what != "through":
            self.faults += 1
        return getattr(self, "_" + what.replace(" ", "_"))(path, body, kind)

    def _through(self, path: str, body: bytes, kind: str) -> Any:
        answer = self.client.post(path, body, content_type=kind)
        assert answer.status_code < 500, answer.content
        if answer.status_code == 401:  # the session ended by itself: its person signs in again
            self.client = self.sign_in()
            raise CutError
        return answer

    def _before(self, _path: str, _body: bytes, _kind: str) -> Any:
        raise CutError

    def _after(self, path: str, body: bytes, kind: str) -> Any:
        self._through(path, body, kind)
        raise CutError

    def _double(self, path: str, body: bytes, kind: str) -> Any:
        self._through(path, body, kind)
        return self._through(path, body, kind)

    def _late(self, path: str, body: bytes, kind: str) -> Any:
        """It lies about somewhere and comes after later ones."""
        self.late.append((path, body, kind))
        raise CutError

    def _again(self, path: str, body: bytes, kind: str) -> Any:
        """Now comes, out of its order, what had lain about."""
        self.chance.shuffle(self.late)
        while self.late:
            self._through(*self.late.pop())
        return self._through(path, body, kind)

    def _short(self, path: str, body: bytes, kind: str) -> Any:
        """Broken off in the middle: a proxy hands on what came."""
        self._through(path, body[: len(body) // 2], kind)
        raise CutError

    def _signed_out(self, path: str, body: bytes, kind: str) -> Any:
        from django.test import Client

        answer = Client().post(path, body, content_type=kind)
        assert answer.status_code == 401
        raise CutError

    def _defect(self, path: str, body: bytes, kind: str) -> Any:
        with self.spoil():
            return self._through(path, body, kind)


@dataclass
class Telephone:
    """One phone of one person: what it wrote, and how each record stands as far as it knows."""

    user: Any
    network: Network
    jotter: Jotter = field(default_factory=Jotter)
    written: dict[str, dict[str, Any]] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)

    def write(self, matter: Any, step: str, *pairs: tuple[str, str], **given: Any) -> None:
        """Finish a record without a network. content: of a photograph that goes with it."""
        content = given.pop("content", None)
        if content is not None:
            file = told_of(content)
            self.contents[file["sha256"]] = content
            given["files"] = [file]
        record = self.jotter.jot(matter, step, *pairs, **given)
        self.written[record["id"]] = record
        self.states[record["id"]] = "queued"

    @property
    def open(self) -> list[str]:
        return [name for name, state in self.states.items() if state not in _SETTLED]

    def sync(self) -> None:
        """One attempt; it ends where the network cuts it off."""
        names = self.open
        self.network.chance.shuffle(names)
        for begin in range(0, len(names), 3):
            bundle = names[begin : begin + 3]
            records = [
                {"id": name} if self.states[name] in {"waiting", "conflict"} else self.written[name]
                for name in bundle
            ]
            body = json.dumps({"device": str(self.jotter.id), "records": records}).encode()
            answer = self._told(self.network.post("/visits/sync/", body, "application/json"))
            for standing in answer["records"]:
                self._note(standing)
                self._send_files(standing)

    def _send_files(self, standing: dict[str, Any]) -> None:
        for need in standing.get("needs", ()):
            content, offset = self.contents[need["sha256"]], need["received"]
            for _portion in range(20):
                if offset >= len(content):
                    break
                path = f"/visits/records/{standing['id']}/files/{need['sha256']}/?offset={offset}"
                part = content[offset : offset + _PORTION]
                answer = self._told(self.network.post(path, part, "application/octet-stream"))
                offset = answer["received"]
                self._note(answer["record"])

    def _told(self, answer: Any) -> dict[str, Any]:
        assert answer.status_code == 200, answer.content
        return answer.json()

    def _note(self, standing: dict[str, Any]) -> None:
        assert standing["state"] != "refused", standing
        if self.states[standing["id"]] not in _SETTLED:
            self.states[standing["id"]] = standing["state"]
