"""Files as programs and cameras write them, made here byte by byte or by Pillow; and what is made of
them by somebody who means harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

from PIL import ExifTags, Image

GPS = ExifTags.GPS


def photo(
    size: tuple[int, int] = (640, 480),
    *,
    taken: str = "2026:11:03 09:15:30",
    offset: str = "+08:00",
    place: tuple[float, float] | None = (113.42, 22.68),
    colour: str = "seagreen",
) -> bytes:
    """A JPEG with EXIF. place: degrees (lon, lat), east and north."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "华信", "HX-20"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        details[ExifTags.Base.OffsetTimeOriginal] = offset
    if place:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps.update({
            GPS.GPSLongitudeRef: "E", GPS.GPSLongitude: _sexagesimal(place[0]),
            GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: _sexagesimal(place[1]),
        })  # fmt: skip
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, "JPEG", exif=exif)
    return made.getvalue()


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    whole, rest = divmod(degrees, 1)
    minutes, rest = divmod(rest * 60, 1)
    return whole, minutes, round(rest * 60, 4)


def picture(form: str, size: tuple[int, int] = (320, 200)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "navy").save(made, form)
    return made.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A tiny file that unfolds to width × height black pixels."""
    rows = zlib.compressobj(9)
    row = b"\0" * (1 + (width + 7) // 8)
    packed = b"".join([rows.compress(row) for _ in range(height)]) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, body) for name, body in ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    )


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


# ---- PDF ----


def pdf(*extra: bytes, catalogue: bytes = b"") -> bytes:
    """A page; ``extra`` objects as they are (``4 0 obj … endobj``)."""
    return b"\n".join(
        [
            b"%PDF-1.7",
            b"1 0 obj <</Type /Catalog /Pages 2 0 R " + catalogue + b">> endobj",
            b"2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj",
            b"3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>> endobj",
            *extra,
            b"trailer <</Root 1 0 R>>",
            b"%%EOF\n",
        ]
    )


def object_stream(inside: bytes, dictionary: bytes = b"/Filter /FlateDecode") -> bytes:
    folded = zlib.compress(inside)
    head = b"9 0 obj <</Type /ObjStm /N 1 /First 4 /Length %d " % len(folded)
    return head + dictionary + b">> stream\n" + folded + b"\nendstream endobj"


# ---- Office ----

_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
_RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def docx(more: dict[str, bytes] | None = None, *, body: str = "", relations: str = "") -> bytes:
    parts = {
        "[Content_Types].xml": _TYPES.format("").encode(),
        "_rels/.rels": _RELATIONS.format("").encode(),
        "word/document.xml": f"<w:document>{body}</w:document>".encode(),
        "word/_rels/document.xml.rels": _RELATIONS.format(relations).encode(),
    }
    return zipped((parts | (more or {})).items())


def xlsx(more: dict[str, bytes] | None = None) -> bytes:
    parts = {
        "[Content_Types].xml": _TYPES.format("").encode(),
        "_rels/.rels": _RELATIONS.format("").encode(),
        "xl/workbook.xml": b"<workbook/>",
    }
    return zipped((parts | (more or {})).items())


def zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return made.getvalue()


# ---- recordings ----


def box(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def mp4(brand: bytes = b"isom", free: bytes = b"") -> bytes:
    return (
        box(b"ftyp", brand + b"\0\0\2\0isomiso2mp41")
        + box(b"free", free)
        + box(b"mdat", bytes(range(256)))
        + box(b"moov", box(b"mvhd", bytes(100)))
    )


def webm() -> bytes:
    head = b"\x42\x82\x84webm"
    cluster = b"\x1f\x43\xb6\x75\x84\xe7\x81\x00\x00"
    return (
        b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(head)]) + head
        + b"\x18\x53\x80\x67" + bytes([0x80 | len(cluster)]) + cluster
    )  # fmt: skip


def ogg() -> bytes:
    def page(flags: int, body: bytes) -> bytes:
        return b"OggS\0" + bytes([flags]) + bytes(20) + bytes([1, len(body)]) + body

    return page(2, b"OpusHead\1\1" + bytes(9)) + page(4, b"\0" * 40)
