"""How much is too much: bytes by family of kinds, pixels, what an archive may unfold to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.vault.refusals import RefusedFileError

__all__ = ["FAMILIES", "Limits"]

IMAGE, DOCUMENT, TABLE, MEDIA = FAMILIES = ("image", "document", "table", "media")
_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """bytes_of: by family. pixels: width × height. unfolded: bytes of all files in a docx or xlsx
    together; ratio: unfolded ÷ folded bytes of one of them, where it is over a MiB; entries: how many.
    """

    bytes_of: dict[str, int] = field(
        default_factory=lambda: {
            IMAGE: 30 * _MIB,
            DOCUMENT: 50 * _MIB,
            TABLE: 20 * _MIB,
            MEDIA: 500 * _MIB,
        }
    )
    pixels: int = 120_000_000
    unfolded: int = 300 * _MIB
    ratio: int = 200
    entries: int = 5_000

    @classmethod
    def from_settings(cls, settings: Any) -> Limits:
        """What the operator set (``ZHIHUAN_VAULT_…_MB``)."""
        return cls(
            {
                family: getattr(settings, f"ZHIHUAN_VAULT_{family.upper()}_MB") * _MIB
                for family in FAMILIES
            }
        )

    @property
    def largest(self) -> int:
        """No file is longer than this [bytes]."""
        return max(self.bytes_of.values())

    def check_size(self, family: str, size: int) -> None:
        """Raises RefusedFileError for too long a file of this family."""
        most = self.bytes_of[family]
        if size > most:
            raise too_large(size, most)


def too_large(size: int, most: int) -> RefusedFileError:
    """The refusal of a file of that many bytes."""
    return RefusedFileError(
        "too_large",
        _("文件 %(size)d MB，超过该类文件上限 %(most)d MB。")
        % {"size": -(-size // _MIB), "most": most // _MIB},
        _("请压缩、分段或降低清晰度后重新上传。"),
    )
