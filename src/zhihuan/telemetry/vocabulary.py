"""From a factor code as a device writes it to the standard code: its aliases, the 2005 codes.

Pure. One vocabulary per (aliases, edition); devices that speak alike share it. It refuses to
guess: a code that neither the standards nor the device's registration explain is refused, and so
is an old code whose unit depends on an edition the device did not declare.

Source: HJ 212-2017 annex B (factor codes by HJ 524/525), HJ/T 212-2005 annex B (old codes), both
through zhihuan.hj212.codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from zhihuan.hj212 import codes
from zhihuan.hj212.codes import Edition
from zhihuan.hj212.profile import Version
from zhihuan.telemetry.ports import RegisteredDevice
from zhihuan.telemetry.refusals import Refusal

__all__ = ["Vocabulary", "Word", "vocabulary_of"]

# A code in the standards' form is taken even when no table at hand lists it: the 2025 tables
# could not be read. w a n e g s p d v + 5 digits; SB1: equipment, HJ 212-2017 table 4.
_STANDARD_FORM = re.compile(r"[a-z]\d{5}|SB\d{1,4}", re.ASCII)


class Word(NamedTuple):
    """factor: the standard code. scale, mass_scale: multiply a value, an amount (Cou) by it to get
    the standard's present unit."""

    factor: str
    scale: float = 1.0
    mass_scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """aliases: the device's own codes, sorted pairs. edition: what the device declares. extra:
    codes its registration lists beside the standards'."""

    aliases: tuple[tuple[str, str], ...]
    edition: Version
    extra: tuple[str, ...] = ()

    def read(self, code: str) -> Word | Refusal:
        """The standard code, or why there is none."""
        code = dict(self.aliases).get(code, code)
        if codes.factor(code) or code in self.extra or _STANDARD_FORM.fullmatch(code):
            return Word(code)
        return self._read_old(code)

    def _read_old(self, code: str) -> Word | Refusal:
        """A 2005 code is converted for a device that declares 2005. From any other device it is
        taken only where both editions use the same unit."""
        then = codes.modernise(code, Edition.HJ2005)
        if then is None:
            return Refusal.UNKNOWN_FACTOR
        word = Word(then.code, float(then.multiplier), float(then.mass_multiplier))
        if self.edition is not Version.V2005 and word != Word(then.code):
            return Refusal.AMBIGUOUS_OLD_CODE
        return word

    def explain(self, refusal: Refusal, code: str) -> str:
        """What to do about it, for the officer who reads the quarantine."""
        return f"{code}: {_ADVICE[refusal]}"


_ADVICE = {
    Refusal.UNKNOWN_FACTOR: "not a code of HJ 212; register an alias for this device",
    Refusal.AMBIGUOUS_OLD_CODE: (
        "a code of HJ/T 212-2005 whose unit changed, from a device that does not declare 2005; "
        "set the device's edition or register an alias"
    ),
}


@lru_cache(maxsize=4096)
def _shared(
    aliases: tuple[tuple[str, str], ...], edition: Version, extra: tuple[str, ...]
) -> Vocabulary:
    return Vocabulary(aliases, edition, extra)


def vocabulary_of(device: RegisteredDevice, spoken: Version) -> Vocabulary:
    """The vocabulary of a device; spoken: the edition its frame shows."""
    aliases: Mapping[str, str] = device.aliases
    edition = device.profile.version
    return _shared(
        tuple(sorted(aliases.items())), spoken if edition is None else edition, device.factors
    )
