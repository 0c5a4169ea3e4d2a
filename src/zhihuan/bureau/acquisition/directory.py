"""The registry as the gateway's directory of devices."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections.abc import Mapping

from django.utils import timezone

from zhihuan.bureau.acquisition.fresh_connection import fresh_connection
from zhihuan.bureau.acquisition.giving_way import giving_way
from zhihuan.bureau.registry.models import Device, FactorAlias, PointFactor, RegistryVersion
from zhihuan.bureau.registry.sealing import SealBrokenError
from zhihuan.hj212.crc import CrcDialect
from zhihuan.hj212.profile import FIELD, DeviceProfile, Version
from zhihuan.telemetry.ports import RegisteredDevice

_log = logging.getLogger(__name__)
#: The password of a device whose own cannot be opened: nobody knows it. (None would let anybody in.)
_UNKNOWN_PASSWORD = secrets.token_urlsafe(24)


class RegistryDirectory:
    """Implements ``telemetry.ports.DeviceDirectory`` over the registry tables."""

    def __init__(self) -> None:
        self._was_read = False

    @fresh_connection
    def version(self) -> int:
        """Changes with every change of the registry, and at midnight: a device retires by date."""
        return RegistryVersion.current() * 10_000_000 + timezone.localdate().toordinal()

    @fresh_connection
    def snapshot(self) -> Mapping[str, RegisteredDevice]:
        """All devices by MN, in three queries. The first reading hurries, for a platform that starts waits for it;
        later ones leave pauses, for pages are made beside them."""
        today = timezone.localdate()
        aliases, factors = _aliases(), _factors()
        devices = Device.objects.select_related("point").defer("point__lon", "point__lat")
        rows = devices.iterator(chunk_size=2000)
        found = {
            device.mn: _registered(
                device, aliases.get(device.pk, {}), factors.get(device.point_id, ()), today
            )
            for device in (giving_way(rows) if self._was_read else rows)
        }
        self._was_read = True
        return found


def registered_device(mn: str) -> RegisteredDevice | None:
    """One device as the gateway would know it; None when it is not registered."""
    device = Device.objects.select_related("point").filter(mn=mn).first()
    if device is None:
        return None
    aliases = dict(device.aliases.values_list("alias", "factor"))
    factors = device.point.factors.order_by("position", "factor")
    codes = tuple(factors.values_list("factor", flat=True))
    return _registered(device, aliases, codes, timezone.localdate())


def _registered(
    device: Device, aliases: dict[str, str], factors: tuple[str, ...], today: dt.date
) -> RegisteredDevice:
    in_use = device.in_use(today)
    password, opened = _password(device)
    return RegisteredDevice(
        mn=device.mn,
        password=password,
        profile=profile_of(device),
        aliases=aliases,
        enabled=in_use and opened,
        point_code=device.point.code,
        realtime_seconds=device.realtime_seconds,
        minute_minutes=device.minute_minutes,
        factors=factors,
        system_type=device.system_type,
        logger_id=device.logger_id,
    )


def _password(device: Device) -> tuple[str | None, bool]:
    """The password, and whether the seals open that guard this device.

    One broken seal shuts one device out and says so; it keeps nobody else out.
    """
    try:
        if device.encrypted:
            _ = device.keys  # without its key an encrypting device must not be heard in clear text
        return device.password or None, True
    except SealBrokenError as error:
        _log.error("device %s: kept out until mended: %s", device.mn, error)
        return _UNKNOWN_PASSWORD, False


def profile_of(device: Device | None) -> DeviceProfile:
    """How a device speaks; the field's ordinary way for one that is not registered."""
    if device is None:
        return FIELD
    try:
        return DeviceProfile(
            version=None if device.version is None else Version(device.version),
            surface_water=device.surface_water,
            crc=CrcDialect(device.crc),
            lenient=device.lenient,
            lenient_length=device.lenient_length,
            encrypted=device.encrypted,
            keys=device.key_bytes,
            max_segment=device.max_segment_bytes,
        )
    except ValueError as error:
        # One badly registered device must not keep the others out; its frames will say why.
        _log.error("device %s: profile not usable (%s); read as an ordinary one", device.mn, error)
        return FIELD


def _aliases() -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for device, alias, factor in FactorAlias.objects.values_list("device_id", "alias", "factor"):
        found.setdefault(device, {})[alias] = factor
    return found


def _factors() -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    rows = PointFactor.objects.order_by("point_id", "position", "factor")
    for point, factor in rows.values_list("point_id", "factor"):
        found.setdefault(point, []).append(factor)
    return {point: tuple(of_point) for point, of_point in found.items()}
