"""Device information: logs, states and parameters of logger, instruments and auxiliaries (3020, 3021)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Self

from zhihuan.hj212.codes.edition import Edition
from zhihuan.hj212.commands.bodies import Body, Item, Reading, read_declared
from zhihuan.hj212.commands.slots import body, key, readings, sub

__all__ = ["AskDeviceInfo", "DeviceInfo", "InfoValue", "SetDeviceParameter"]


@body
class AskDeviceInfo(Body):
    """3020, host: this log, state or parameter (2017: C.41, C.43, C.45).

    instrument: "" for logger and auxiliaries. info: code of table B.10. begin, end: of a log only,
    to the second; the example prints a comma between them.
    """

    instrument: str = key("PolId", default="")
    info: str = key("InfoId")
    begin: datetime | None = key("BeginTime", default=None)
    end: datetime | None = key("EndTime", default=None, comma=Edition)


@body
class InfoValue(Reading):
    """``i12001-Info=1``. instrument: factor of the instrument it is about, "" if none.

    A log's ``value`` is ``//text//``; ``text`` gives what is between.
    """

    value: str = sub("Info", default="")
    instrument: str = ""

    @property
    def text(self) -> str:
        """The value without the slashes around a log's text."""
        quoted = len(self.value) >= 4 and self.value.startswith("//") and self.value.endswith("//")
        return self.value[2:-2] if quoted else self.value


@body
class DeviceInfo(Body):
    """3020, device: logs, states or parameters (2017: C.40, C.42, C.44).

    The surface-water profile reports several instruments in one frame, ``PolId`` before each.
    """

    data_time: datetime = key("DataTime")
    values: tuple[InfoValue, ...] = readings(InfoValue, default=())

    @classmethod
    def read(cls, items: Sequence[Item], edition: Edition) -> Self:
        """As ``Body.read``; each value remembers the PolId before it."""
        values: list[InfoValue] = []
        for instrument, run in _by_instrument(items):
            found = InfoValue.take(run)
            values.extend(replace(value, instrument=instrument) for value in found)
        rest = [i for i in items if not i.code and i.full_key.lower() != "polid"]
        return cls(**read_declared(cls, rest, edition) | {"values": tuple(values)})

    def _parts(self, edition: Edition) -> Iterator[tuple[str, str]]:
        instrument = ""
        parts = list(Body._parts(replace(self, values=()), edition))
        yield parts[0]  # DataTime
        between = "," if edition is Edition.SURFACE_WATER else ";"
        for value in self.values:
            separator = between if instrument else ";"
            if value.instrument != instrument:
                instrument = value.instrument
                yield ";", f"PolId={instrument}"
                separator = between
            yield separator, value.to_text()
        yield from parts[1:]


def _by_instrument(items: Sequence[Item]) -> Iterator[tuple[str, list[Item]]]:
    """Runs of grouped items, each with the PolId that stands before it."""
    instrument, run = "", list[Item]()
    for item in items:
        if not item.code and item.key.lower() == "polid":
            yield instrument, run
            instrument, run = item.value, []
        elif item.code:
            run.append(item)
    yield instrument, run


@body
class SetDeviceParameter(Body):
    """3021: set this parameter of an instrument (2017: C.46): ``InfoId=i13004;i13004-Info=168.0``."""

    instrument: str = key("PolId", default="")
    info: str = key("InfoId")
    value: str = key("{info}-Info")
