"""Write a bundle: files as they are kept, then what is said of them, then the verifier.

Nothing is compressed: evidence is mostly pictures and films. Each file is hashed while it is written; one
that is missing or altered in the vault ends the making, with its number.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.vault.bundling import contents
from zhihuan.bureau.vault.keeping import open_file
from zhihuan.bureau.vault.models import Evidence
from zhihuan.bureau.vault.store import MissingFileError

__all__ = ["AlteredEvidenceError", "write_bundle"]

_CHUNK = 2**20
_MANIFEST, _VERIFIER, _README = "manifest.json", "verify.py", "README.txt"
#: told bytes written
Tell = Callable[[int], None]


class AlteredEvidenceError(Exception):
    """A file is not as it was kept; no bundle is made that would call it evidence."""


def write_bundle(
    path: Path, matter: Matter, evidence: Sequence[Evidence], *, asked_by: Any, tell: Tell
) -> str:
    """The whole file; returns the SHA-256 of its manifest. evidence: with file and content at hand."""
    done = 0
    with zipfile.ZipFile(path, "x", zipfile.ZIP_STORED) as archive:
        for each in evidence:
            done = _add_file(archive, each, done, tell)
        manifest = contents.as_json(_manifest(archive, matter, evidence, asked_by))
        archive.writestr(_MANIFEST, manifest)
    return hashlib.sha256(manifest).hexdigest()


def _add_file(archive: zipfile.ZipFile, evidence: Evidence, done: int, tell: Tell) -> int:
    digest = hashlib.sha256()
    try:
        with (
            open_file(evidence.file) as source,
            archive.open(contents.path_of(evidence), "w", force_zip64=True) as target,
        ):
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
                done += len(chunk)
                tell(done)
    except MissingFileError as error:
        raise _altered(evidence) from error
    if digest.hexdigest() != evidence.file.content.sha256:
        raise _altered(evidence)
    return done


def _altered(evidence: Evidence) -> AlteredEvidenceError:
    return AlteredEvidenceError(
        _("证据 %(number)d 的文件缺失或已被改动，请联系系统管理员从备份恢复后再打包。")
        % {"number": evidence.number}
    )


def _manifest(
    archive: zipfile.ZipFile, matter: Matter, evidence: Sequence[Evidence], asked_by: Any
) -> dict[str, Any]:
    custody = contents.custody(evidence)
    records = {
        "custody.json": contents.as_json(custody),
        "access.json": contents.as_json(contents.accesses(evidence)),
        _VERIFIER: resources.files(contents.__package__).joinpath(_VERIFIER).read_bytes(),
        _README: _readme(matter).encode(),
    }
    for name, content in records.items():
        archive.writestr(name, content)
    return {
        "format": contents.FORMAT,
        "made_at": timezone.localtime().isoformat(),
        "made_by": str(asked_by),
        "platform": settings.ZHIHUAN_PLATFORM_NAME,
        "organisation": settings.ZHIHUAN_ORGANISATION,
        "matter": contents.matter_facts(matter),
        "evidence": [contents.entry_of(each, len(custody[str(each.pk)])) for each in evidence],
        "records": {
            name: {"size_bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in records.items()
        },
    }


def _readme(matter: Matter) -> str:
    lines = (
        _("证据包：%(title)s") % {"title": matter.title},
        "",
        "files/         " + _("证据原件，一字节不改，按证据编号命名"),
        "manifest.json  " + _("清单：每件证据的说明、长度、SHA-256、SM3、拍摄信息"),
        "custody.json   " + _("保管记录，逐条相连"),
        "access.json    " + _("查阅记录"),
        "verify.py      " + _("核验脚本：python3 verify.py，只需 Python 3.7 以上"),
        "",
        _("核验前请向制作单位另行取得清单的 SHA-256：python3 verify.py --manifest 摘要"),
        "",
    )
    return "\n".join(lines)
