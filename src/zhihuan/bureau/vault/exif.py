"""What a camera wrote into its picture (EXIF): time, place, camera. Read, never altered, never believed.

The original keeps its EXIF; whatever is made for pages has none. A camera's clock may be wrong and
its place written by anybody, so this stands beside what people say and what the browser gave, and
differences are shown. Unreadable tags are left out; a picture is not refused for them.

Source: CIPA DC-008 (EXIF 2.32); coordinates are WGS 84.
"""

from __future__ import annotations

import datetime as dt
import math
import struct
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image

__all__ = ["exif_facts"]

_BEIJING = ZoneInfo("Asia/Shanghai")
_LONGEST = 200
_MOST_TAGS = 120
# what Pillow raises for tags that lie about their length, place or type
_MALFORMED = (ValueError, TypeError, LookupError, SyntaxError, OSError, OverflowError, struct.error)
_IFD = ExifTags.IFD
_GPS = ExifTags.GPS
_BASE = ExifTags.Base


def exif_facts(image: Image.Image) -> dict[str, Any]:
    """taken_at: ISO 8601 with offset; taken_at_zone: "camera" or, where the camera named none, "assumed"
    Beijing time. lon, lat: degrees WGS 84. make, model, software. tags: everything as text. Empty when
    there is none; ``unreadable`` when it is malformed."""
    try:
        exif = image.getexif()
        details, place = exif.get_ifd(_IFD.Exif), exif.get_ifd(_IFD.GPSInfo)
    except _MALFORMED:
        return {"unreadable": True}
    if not exif and not details and not place:
        return {}
    facts = {**_taken(exif, details), **_place(place)}
    for name, tag in (("make", _BASE.Make), ("model", _BASE.Model), ("software", _BASE.Software)):
        if text := _text(exif.get(tag)):
            facts[name] = text
    return facts | {"tags": _tags(exif, details, place)}


def _taken(exif: Mapping[int, Any], details: Mapping[int, Any]) -> dict[str, str]:
    written = details.get(_BASE.DateTimeOriginal) or exif.get(_BASE.DateTime)
    with suppress(ValueError, TypeError):
        local = dt.datetime.strptime(str(written).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - its zone follows
        zone = _zone(details.get(_BASE.OffsetTimeOriginal) or details.get(_BASE.OffsetTime))
        told = local.replace(tzinfo=zone or _BEIJING)
        return {"taken_at": told.isoformat(), "taken_at_zone": "camera" if zone else "assumed"}
    return {}


def _zone(offset: Any) -> dt.tzinfo | None:
    with suppress(ValueError, TypeError):
        return dt.datetime.strptime(str(offset).strip("\0 "), "%z").tzinfo
    return None


def _place(gps: Mapping[int, Any]) -> dict[str, float]:
    with suppress(LookupError, ValueError, TypeError, ZeroDivisionError, OverflowError):
        lat = _degrees(gps[_GPS.GPSLatitude]) * _sign(gps.get(_GPS.GPSLatitudeRef), "S")
        lon = _degrees(gps[_GPS.GPSLongitude]) * _sign(gps.get(_GPS.GPSLongitudeRef), "W")
        # cameras without a fix write zeros
        if abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0, 0):
            return {"lon": round(lon, 7), "lat": round(lat, 7)}
    return {}


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(each) for each in parts)
    total = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(total):
        raise ValueError("no number")
    return total


def _sign(reference: Any, negative: str) -> int:
    return -1 if _text(reference).upper().startswith(negative) else 1


def _tags(*folders: Mapping[int, Any]) -> dict[str, str]:
    """By name; what is unknown by its number, what is long is cut, binary is told by its length."""
    names = (ExifTags.TAGS, ExifTags.TAGS, ExifTags.GPSTAGS)
    told = {
        f"GPS{known.get(tag, tag)}"
        if known is ExifTags.GPSTAGS and tag not in known
        else str(known.get(tag, tag)): _text(value)
        for known, folder in zip(names, folders, strict=True)
        for tag, value in folder.items()
    }
    return dict(sorted((name, text) for name, text in told.items() if text)[:_MOST_TAGS])


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        plain = value.strip(b"\0 ")
        if len(plain) > _LONGEST or not plain.isascii():
            return f"({len(value)} bytes)"
        value = plain.decode()
    text = "".join(each for each in str(value) if each.isprintable())
    return text.strip()[:_LONGEST]
