"""What one simulated device is: everything fixed before it starts.

What changes while it runs (clock, intervals, password) is in ``settings``; what it measures is in
its ``Plant``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from zhihuan.hj212.crc import CrcDialect
from zhihuan.hj212.profile import DeviceProfile, Version
from zhihuan.telemetry.ports import RegisteredDevice
from zhihuan.telemetry.simulator.chance import seed_from
from zhihuan.telemetry.simulator.faults.data import DataFault
from zhihuan.telemetry.simulator.kinds import KindSpec, kind_spec
from zhihuan.telemetry.simulator.plant import Plant, SyntheticPlant

__all__ = ["DeviceSpec"]


@dataclass(frozen=True, slots=True)
class DeviceSpec:
    """One data logger and the plant behind it.

    mn: device number, 24 hexadecimal characters by the standard. kind: see ``kinds.KINDS``.
    version, surface_water, crc: how it speaks. system_type: ST; "" takes the kind's.
    factors: codes it reports; () takes all of the kind. aliases: standard code -> the vendor's own
    code it sends instead. key: SM4 key; data uploads are encrypted when there is one. cipher_form:
    how the cipher travels, see HJ 212-2025, annex A.2 (second hand). realtime_seconds,
    minute_minutes: 0 takes the kind's. reports: () takes the kind's. exceeding: multiplies the
    chance of raised concentrations. levels: standard code -> what its values are always
    multiplied by. silent: registered, but never connects. wants_ack: Flag bit 0.
    most_cp_bytes: longer reports are split; the standard's limit is 950 (table 3), many loggers split
    earlier.
    hardware_serial: sent in the 2025 first contact; "" skips it.
    """

    mn: str
    kind: str
    version: Version = Version.V2017
    surface_water: bool = False
    password: str = "123456"  # noqa: S105 - the default of every logger, and a simulated one
    crc: CrcDialect = CrcDialect.HJ212
    system_type: str = ""
    point_code: str = ""
    name: str = ""
    fleet_seed: int = 0
    factors: tuple[str, ...] = ()
    aliases: dict[str, str] = field(default_factory=dict)
    key: bytes | None = None
    cipher_form: Literal["raw", "text"] = "raw"
    realtime_seconds: int = 0
    minute_minutes: int = 0
    reports: tuple[str, ...] = ()
    exceeding: float = 1.0
    levels: dict[str, float] = field(default_factory=dict)
    silent: bool = False
    wants_ack: bool = True
    most_cp_bytes: int = 950
    hardware_serial: str = ""
    faults: tuple[DataFault, ...] = ()

    @property
    def kind_spec(self) -> KindSpec:
        """The packaged description of the kind."""
        return kind_spec(self.kind)

    @property
    def seed(self) -> int:
        """The device's own seed."""
        return seed_from(self.fleet_seed, self.mn)

    @property
    def st(self) -> str:
        """ST: the device's own, else the kind's for this edition."""
        if self.system_type:
            return self.system_type
        edition = "surface_water" if self.surface_water else self.version.year
        types = self.kind_spec.system_types
        if edition not in types:
            raise ValueError(
                f"{self.mn}: kind {self.kind} has no system type in edition {edition}; "
                f"it has {', '.join(types)}"
            )
        return types[edition]

    @property
    def realtime_every_seconds(self) -> int:
        """Seconds between real-time reports at the start."""
        return self.realtime_seconds or self.kind_spec.realtime_seconds

    @property
    def minute_every_minutes(self) -> int:
        """Minutes of one "minute" report at the start."""
        return self.minute_minutes or self.kind_spec.minute_minutes

    @property
    def reported(self) -> tuple[str, ...]:
        """Which of realtime, minute, hour, day it uploads."""
        return self.reports or self.kind_spec.reports

    def plant(self) -> Plant:
        """The plant behind the device, invented from the seed."""
        return SyntheticPlant(
            self.kind_spec,
            self.seed,
            self.fleet_seed,
            factors=self.factors,
            faults=self.faults,
            exceeding=self.exceeding,
            levels=self.levels,
        )

    def registered(self) -> RegisteredDevice:
        """The device as a gateway has to know it."""
        return RegisteredDevice(
            mn=self.mn,
            password=self.password,
            profile=DeviceProfile(
                version=self.version,
                surface_water=self.surface_water,
                crc=self.crc,
                encrypted=self.key is not None,
                keys=() if self.key is None else (self.key,),
            ),
            aliases={alias: code for code, alias in self.aliases.items()},
            point_code=self.point_code,
            realtime_seconds=self.realtime_every_seconds,
            minute_minutes=self.minute_every_minutes,
            factors=self.factors or self.kind_spec.default_factors(),
            system_type=self.st,
        )
