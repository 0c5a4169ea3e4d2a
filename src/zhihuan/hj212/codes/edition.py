"""The four dialects whose code tables differ. Does not detect a device's dialect: a profile states it."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Edition"]

_BY_VERSION = ("2005", "2017", "2025")


class Edition(StrEnum):
    """An edition of the standard, or the national surface-water profile.

    The profile (ST=21, in use since 2017) carries the same version bits as HJ 212-2025 but other
    command meanings, so the version bits alone do not name a table.
    """

    HJ2005 = "2005"
    HJ2017 = "2017"
    HJ2025 = "2025"
    SURFACE_WATER = "surface-water"

    @classmethod
    def of(cls, version: int, *, surface_water: bool = False) -> Edition:
        """The edition of a version number (the value of Flag bits 2 to 7; 2017: table 3).

        Unknown future numbers read as the newest edition we know: their frames still parse.
        """
        if surface_water:
            return cls.SURFACE_WATER
        return cls(_BY_VERSION[min(max(version, 0), 2)])

    @property
    def version(self) -> int:
        """The number to put into Flag bits 2 to 7: 0, 1 or 2."""
        return 2 if self is Edition.SURFACE_WATER else _BY_VERSION.index(self.value)

    @property
    def standard(self) -> str:
        """How the edition is cited."""
        return _CITED[self]


_CITED = {
    Edition.HJ2005: "HJ/T 212-2005",
    Edition.HJ2017: "HJ 212-2017",
    Edition.HJ2025: "HJ 212-2025",
    Edition.SURFACE_WATER: "surface-water profile",
}
