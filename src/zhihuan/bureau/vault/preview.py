"""Smaller pictures for pages, without EXIF or anything else that came with the original.

Pixels only: turned as the camera held it, on white, as JPEG. The original is not touched.
"""

from __future__ import annotations

import io
from typing import IO

from PIL import Image, ImageOps

__all__ = ["PREVIEW", "THUMBNAIL", "smaller"]

#: Longest side [pixels].
PREVIEW, THUMBNAIL = 1600, 320
_QUALITY = 82


def smaller(source: IO[bytes], most: int) -> bytes:
    """A JPEG whose longest side is at most ``most`` pixels. The source was checked before."""
    with Image.open(source, formats=["JPEG", "PNG", "WEBP"]) as image:
        image.draft("RGB", (most, most))
        turned = ImageOps.exif_transpose(image)
        turned.thumbnail((most, most))
        plain = Image.new("RGB", turned.size, "white")
        coloured = turned.convert("RGBA")
        plain.paste(coloured, mask=coloured.getchannel("A"))
    made = io.BytesIO()
    plain.save(made, "JPEG", quality=_QUALITY, optimize=True)
    return made.getvalue()
