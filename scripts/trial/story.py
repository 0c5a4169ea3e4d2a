"""What a trial says while it goes: numbered steps, facts, and a failure that names its step."""

from __future__ import annotations

import sys
import time


class FailedTrialError(AssertionError):
    """Something did not hold; the words say what."""


class Story:
    """Prints ``[ 12.3 s]  words`` lines; ``holds`` ends the trial where something does not."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self.step_count = 0

    def step(self, words: str) -> None:
        """A new part begins."""
        self.step_count += 1
        self._say(f"{self.step_count:2}. {words}")

    def fact(self, words: str) -> None:
        """Something worth knowing."""
        self._say(f"    {words}")

    def holds(self, condition: object, words: str) -> None:
        """``words``: what must be true. Raises FailedTrialError."""
        if not condition:
            raise FailedTrialError(f"does not hold: {words}")
        self.fact(f"✔ {words}")

    def _say(self, words: str) -> None:
        print(f"[{time.monotonic() - self._began:6.1f} s] {words}", flush=True, file=sys.stdout)
