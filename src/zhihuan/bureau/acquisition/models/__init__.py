"""What acquisition keeps, one file per noun."""

from zhihuan.bureau.acquisition.models.command import CommandStep, DeviceCommand
from zhihuan.bureau.acquisition.models.connection import ConnectionNote, DeviceConnection
from zhihuan.bureau.acquisition.models.quarantine import QuarantinedFrame
from zhihuan.bureau.acquisition.models.reported import ReportedSeries
from zhihuan.bureau.acquisition.models.seal import DailySeal
from zhihuan.bureau.acquisition.models.silence import DeviceSilence

__all__ = [
    "CommandStep",
    "ConnectionNote",
    "DailySeal",
    "DeviceCommand",
    "DeviceConnection",
    "DeviceSilence",
    "QuarantinedFrame",
    "ReportedSeries",
]
