"""Who follows the live stream, counted from the moment a stream is granted.

Counting only once a stream is read would let any number in at the same instant. It refuses to know
what a stream sends.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Hashable
from http import HTTPStatus

from django.http import StreamingHttpResponse


class Seats:
    """Streams taken, in all and by person. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: Counter[Hashable] = Counter()

    def __len__(self) -> int:
        return self._taken.total()

    def take(self, person: Hashable, *, most: int, most_each: int) -> Seat | HTTPStatus:
        """A seat; 503 when ``most`` are taken, 429 when this person has ``most_each``."""
        with self._lock:
            if self._taken.total() >= most:
                return HTTPStatus.SERVICE_UNAVAILABLE
            if self._taken[person] >= most_each:
                return HTTPStatus.TOO_MANY_REQUESTS
            self._taken[person] += 1
        return Seat(self, person)

    def left(self, person: Hashable) -> None:
        with self._lock:
            self._taken[person] -= 1
            self._taken += Counter()  # forgets whoever has none


class Seat:
    """One granted stream; leaving twice is leaving once."""

    def __init__(self, seats: Seats, person: Hashable) -> None:
        self._seats: Seats | None = seats
        self._person = person

    def leave(self) -> None:
        seats, self._seats = self._seats, None
        if seats is not None:
            seats.left(self._person)


class SeatedResponse(StreamingHttpResponse):
    """Leaves its seat when closed, even if nobody ever read from it."""

    def __init__(self, seat: Seat, *args: object, **given: object) -> None:
        self._seat = seat
        super().__init__(*args, **given)

    def close(self) -> None:
        self._seat.leave()
        super().close()
