"""Factor codes: what is measured, in which unit, with how many decimals (2017: annex B).

Knows the six-character codes of HJ 212-2017, the patterns of process codes (``e10201``, ``g10102``:
2017, 6.4.1) and what little is known of HJ 212-2025. Three-digit codes of 2005 are in
``modernise``. Refuses to guess what a vendor's own code means; ``suggested_factor`` only proposes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.codes.number_type import NumberType
from zhihuan.hj212.codes.source import Source, rows, source_of

__all__ = ["Factor", "factor", "factors", "suggested_factor"]


@dataclass(frozen=True, slots=True)
class Factor:
    """One row of annex B.

    code: as sent. name: Chinese. medium: water, air, noise, water_process, air_process, power,
    condition or voc.
    unit: of concentrations and other values; "" if dimensionless or unknown. Where the standard
        prints a unit the field contradicts (ng/m³ for PM2.5), this is the field's usual unit.
    printed_unit: the unit as the standard prints it.
    mass_unit: of the ``Cou`` amount; "" if the table gives none.
    number_type: digits; None if the table gives none.
    old_code: the code of 2005, "" if there was none.
    device_number: of a process code, 1 to 99; None otherwise.
    process: Chinese name of the treatment process of a process code, "" otherwise.
    """

    code: str
    name: str
    medium: str
    unit: str
    printed_unit: str
    mass_unit: str
    number_type: NumberType | None
    old_code: str
    source: Source
    device_number: int | None = None
    process: str = ""

    @property
    def decimals(self) -> int:
        """Digits after the point for display; 2 where the table gives no type."""
        return 2 if self.number_type is None else self.number_type.decimals

    @property
    def unit_contested(self) -> bool:
        """Whether printed and usual unit differ, or are known to: trust the registry, not the table."""
        return self.unit != self.printed_unit or self.unit == "ng/m³"


def factor(code: str, edition: Edition = Edition.HJ2017) -> Factor | None:
    """The factor of a code under an edition; None if no table knows it. Case-sensitive.

    For HJ 212-2025 the rows reported at second hand come first, then 2017's ("codes re-edited";
    the codes we could compare keep their meaning).
    """
    tables = [_table("factors_2017"), _table("factors_field"), _table("factors_2025")]
    if edition is Edition.HJ2025:
        tables.insert(0, tables.pop())
    for table in tables:
        if code in table:
            return table[code]
    return _process_factor(code)


def factors() -> tuple[Factor, ...]:
    """All factors of HJ 212-2017 annex B in its order (process codes as patterns ``e101xx``)."""
    return tuple(_table("factors_2017").values())


def suggested_factor(vendor_code: str) -> Factor | None:
    """What a vendor's code (``PM25``, ``HUMI``) most likely means: a proposal for a registry alias.

    Never applied by itself: the value stays in quarantine until a person confirms the alias.
    """
    code = _aliases().get(vendor_code.upper())
    return factor(code) if code else None


def _process_factor(code: str) -> Factor | None:
    """``e10201``: class e, process 1, item 02, device 01 (2017: 6.4.1, figure 5)."""
    pattern, number = code[:4] + "xx", code[4:]
    if len(code) != 6 or pattern not in _table("factors_2017") or not number.isdecimal():
        return None
    found = _table("factors_2017")[pattern]
    process = _processes().get(code[:2], "")
    return replace(found, code=code, device_number=int(number), process=process)


@cache
def _table(name: str) -> Mapping[str, Factor]:
    return {row["code"]: _read(row) for row in rows(name)}


def _read(row: Mapping[str, str]) -> Factor:
    return Factor(
        code=row["code"],
        name=row["name"],
        medium=row["medium"],
        unit=row["usual_unit"] or row["unit"],
        printed_unit=row["unit"],
        mass_unit=row["mass_unit"],
        number_type=NumberType.parse(row["type"]),
        old_code=row["old_code"],
        source=source_of(row),
    )


@cache
def _processes() -> Mapping[str, str]:
    return {row["class"] + row["process"]: row["name"] for row in rows("processes")}


@cache
def _aliases() -> Mapping[str, str]:
    return {row["alias"].upper(): row["suggested_code"] for row in rows("vendor_aliases")}
