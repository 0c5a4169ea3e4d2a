"""JPEG, PNG and WebP: whole from first to last byte, decodable, not larger than a screenful of walls.

The size is read from the head before anything is decoded, so that a small file which unfolds to
gigabytes is never unfolded. HEIC is known and refused: nothing here can read it.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, UnidentifiedImageError

from zhihuan.bureau.vault.exif import exif_facts
from zhihuan.bureau.vault.kinds.broken import broken, hostile
from zhihuan.bureau.vault.kinds.foreign import refuse_active_words, refuse_second_file
from zhihuan.bureau.vault.kinds.kind import Facts, Kind, Readable
from zhihuan.bureau.vault.limits import IMAGE, Limits
from zhihuan.bureau.vault.refusals import RefusedFileError

__all__ = ["HEIC", "JPEG", "PNG", "WEBP"]

_MOST_FRAMES = 100
_PNG_MARK = b"\x89PNG\r\n\x1a\n"
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}


# ---- JPEG (ITU-T T.81, annex B) ----


def _is_jpeg(content: Readable) -> bool:
    return content[:3] == b"\xff\xd8\xff"


def _check_jpeg(content: Readable, limits: Limits) -> Facts:
    end = _jpeg_end(content)
    _check_around(content)
    facts = _opened(content, limits, "JPEG")
    if end < len(content):
        facts["behind_the_end"] = len(content) - end
    return facts


def _jpeg_end(content: Readable) -> int:
    """Where the picture ends. Segments are stepped over; entropy-coded data has no FF but FF00 and RST."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            return at + 2
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == 0xDA:
            at = _scan_end(content, at)
    if content[at : at + 2] == b"\xff\xd9":
        return at + 2
    raise broken("JPEG", _("没有结尾标记，可能传输中断"))


def _scan_end(content: Readable, at: int) -> int:
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] not in (0x00, *range(0xD0, 0xD8)):
            return at
        at += 2
    return len(content)


# ---- PNG (ISO/IEC 15948) ----


def _is_png(content: Readable) -> bool:
    return content[:8] == _PNG_MARK


def _check_png(content: Readable, limits: Limits) -> Facts:
    names = list(_chunks(content))
    if names[0] != b"IHDR" or names[-1] != b"IEND":
        raise broken("PNG", _("数据块的顺序不对"))
    _check_around(content)
    return _opened(content, limits, "PNG")


def _chunks(content: Readable) -> Iterator[bytes]:
    at = 8
    while at < len(content):
        head = content[at : at + 8]
        if len(head) < 8:
            raise broken("PNG", _("结尾不完整"))
        length, name = struct.unpack(">I4s", head)
        body = content[at + 4 : at + 8 + length]
        if zlib.crc32(body).to_bytes(4, "big") != content[at + 8 + length : at + 12 + length]:
            raise broken("PNG", _("校验和不符"))
        yield name
        at += 12 + length
        if name == b"IEND" and at < len(content):
            raise hostile(
                "behind_the_end",
                _("PNG 图片结尾之后还有其他数据。"),
                _("请用看图软件另存后重新上传。"),
            )


# ---- WebP (RFC 9649) ----


def _is_webp(content: Readable) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _check_webp(content: Readable, limits: Limits) -> Facts:
    length = 8 + int.from_bytes(content[4:8], "little")
    if length + length % 2 < len(content) or length > len(content):
        raise broken("WebP", _("长度与所记不符"))
    _check_around(content)
    return _opened(content, limits, "WebP")


# ---- HEIC (ISO/IEC 23008-12) ----


def _is_heic(content: Readable) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS


def _check_heic(_content: Readable, _limits: Limits) -> Facts:
    raise RefusedFileError(
        "unreadable_kind",
        _("平台读不出 HEIC 图片。"),
        _("请在手机“设置—相机—格式”中选“兼容性最佳”后重拍，或将原图导出为 JPEG 再上传。"),
    )


# ---- all of them ----


def _check_around(content: Readable) -> None:
    refuse_second_file(content)
    refuse_active_words(content)


def _opened(content: Readable, limits: Limits, title: str) -> Facts:
    """Size first, then every pixel of the first picture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the limit of pixels is ours, broken tags are left out
            return _decoded(content, limits, title)
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        struct.error,
    ) as error:
        raise broken(title, _("像素数据读不出")) from error
    except (Image.DecompressionBombError, MemoryError) as error:
        raise _bomb(title) from error


def _decoded(content: Readable, limits: Limits, title: str) -> Facts:
    with Image.open(io.BytesIO(content), formats=[title.upper()]) as image:
        width, height = image.size
        if width * height > limits.pixels or getattr(image, "n_frames", 1) > _MOST_FRAMES:
            raise _bomb(title)
        exif = exif_facts(image)
        image.draft("RGB", (1600, 1600))  # JPEG: decode every block, keep an eighth of the pixels
        image.load()
    return {"width": width, "height": height} | ({"exif": exif} if exif else {})


def _bomb(title: str) -> RefusedFileError:
    return hostile(
        "bomb",
        _("%(kind)s 图片展开后过大。") % {"kind": title},
        _("请缩小尺寸或截取所需部分后重新上传。"),
    )


JPEG = Kind(
    "jpeg", gettext_lazy("JPEG 图片"), IMAGE, ("jpg", "jpeg"), "image/jpeg", _is_jpeg, _check_jpeg
)
PNG = Kind("png", gettext_lazy("PNG 图片"), IMAGE, ("png",), "image/png", _is_png, _check_png)
WEBP = Kind(
    "webp", gettext_lazy("WebP 图片"), IMAGE, ("webp",), "image/webp", _is_webp, _check_webp
)
HEIC = Kind(
    "heic", gettext_lazy("HEIC 图片"), IMAGE, ("heic", "heif"), "image/heic", _is_heic, _check_heic
)
