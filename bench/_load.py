"""Readers at once against a running server: each thread a browser with a kept connection.

``pause`` is how long a reader looks at a page before the next click [s, mean; uniform between half and
one and a half of it]. Without a pause every reader asks again at once, which measures how many pages a
second the server gives, and how long they queue. Times run from the request to the last byte.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True)
class Ask:
    """One page to ask for: what it is called in the figures, and its address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Answer:
    """How long one answer took [ms], and its size on the wire [bytes]."""

    name: str
    took: float
    size: int


def look(
    web: str, asks: Mapping[str, Sequence[Ask]], *, seconds: float, pause: float, seed: int = 1
) -> list[Answer]:
    """Every reader (by cookie) asks for pages of theirs at random, one at least, until the time is up."""
    answers: list[Answer] = []
    failures: list[str] = []
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=_reader,
            args=(web, cookie, mine, until, pause, Random(seed * 1000 + number), answers, failures),
        )
        for number, (cookie, mine) in enumerate(asks.items())
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise SystemExit(f"{len(failures)} answers were not right, the first: {failures[0]}")
    return answers


def _reader(  # noqa: PLR0913, PLR0917 - a thread's whole life
    web: str,
    cookie: str,
    asks: Sequence[Ask],
    until: float,
    pause: float,
    chance: Random,
    answers: list[Answer],
    failures: list[str],
) -> None:
    connection = http.client.HTTPConnection(urlsplit(web).netloc, timeout=60)
    time.sleep(chance.random() * pause)
    while True:
        asked = chance.choice(asks)
        began = time.perf_counter()
        connection.request(
            "GET",
            quote(asked.address, safe="/?&=%+-_.~"),
            headers={"Cookie": cookie, "Accept-Encoding": "gzip"},
        )
        response = connection.getresponse()
        body = response.read()
        answers.append(Answer(asked.name, (time.perf_counter() - began) * 1000, len(body)))
        if response.status != 200:
            failures.append(f"{response.status} {asked.address}")
        time.sleep(pause * (0.5 + chance.random()))
        if time.monotonic() >= until:
            break
    connection.close()


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of all do not exceed (nearest rank); NaN of nothing."""
    ranked = sorted(values)
    return ranked[min(int(share * len(ranked)), len(ranked) - 1)] if ranked else float("nan")
