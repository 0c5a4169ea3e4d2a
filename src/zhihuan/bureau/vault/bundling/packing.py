"""An archive while it is written: what it was given with its digests, until it is sealed with its verifier.

Nothing is compressed (evidence is mostly pictures and films) and nothing stands in memory whole: files go through in
portions, each hashed on the way. One that is missing or altered ends the making, with its name.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Mapping
from importlib import resources
from typing import IO, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.vault.bundling import contents
from zhihuan.bureau.vault.keeping import open_file
from zhihuan.bureau.vault.models import Evidence
from zhihuan.bureau.vault.store import MissingFileError

__all__ = ["AlteredEvidenceError", "Pack", "Tell"]

_CHUNK = 2**20
_MANIFEST, _VERIFIER = "manifest.json", "verify.py"
#: told bytes written
Tell = Callable[[int], None]


class AlteredEvidenceError(Exception):
    """A file is not as it was kept; no bundle is made that would call it evidence."""


class Pack:
    """Evidence and records of one archive; ``seal`` ends it."""

    def __init__(self, archive: zipfile.ZipFile, tell: Tell) -> None:
        self._archive = archive
        self._tell = tell
        self._done = 0
        self._evidence: list[tuple[Evidence, str]] = []
        self._records: dict[str, dict[str, Any]] = {}

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of everything given so far, by its name."""
        given = {path: each.file.content.sha256 for each, path in self._evidence}
        return given | {name: each["sha256"] for name, each in self._records.items()}

    def evidence(self, evidence: Evidence, path: str) -> None:
        """A piece under this name. AlteredEvidenceError."""
        words = _("证据 %(number)d 的文件缺失或已被改动，请联系系统管理员从备份恢复后再打包。")
        refusal = AlteredEvidenceError(words % {"number": evidence.number})
        try:
            with open_file(evidence.file) as source:
                digest = self._copied(source, path)[0]
        except MissingFileError as error:
            raise refusal from error
        if digest != evidence.file.content.sha256:
            raise refusal
        self._evidence.append((evidence, path))

    def file(self, name: str, source: IO[bytes], expected: str) -> None:
        """A record that lies on the disk. AlteredEvidenceError when it is not what it should be."""
        digest, size = self._copied(source, name)
        if digest != expected:
            words = _("“%(name)s”的文件已被改动，请联系系统管理员从备份恢复后再打包。")
            raise AlteredEvidenceError(words % {"name": name})
        self._records[name] = {"size_bytes": size, "sha256": digest}

    def tell(self, name: str, content: bytes) -> None:
        """Something small that is said beside the files."""
        self._archive.writestr(_entry(name), content)
        digest = hashlib.sha256(content).hexdigest()
        self._records[name] = {"size_bytes": len(content), "sha256": digest}

    def seal(self, matter: Matter, asked_by: Any, more: Mapping[str, Any] | None = None) -> str:
        """Custody, looks, verifier and manifest; returns the SHA-256 of the manifest."""
        pieces = [each for each, _path in self._evidence]
        custody = contents.custody(pieces)
        self.tell("custody.json", contents.as_json(custody))
        self.tell("access.json", contents.as_json(contents.accesses(pieces)))
        verifier = resources.files(contents.__package__).joinpath(_VERIFIER)
        self.tell(_VERIFIER, verifier.read_bytes())
        manifest = contents.as_json(self._manifest(matter, custody, asked_by) | dict(more or {}))
        self._archive.writestr(_entry(_MANIFEST), manifest)
        return hashlib.sha256(manifest).hexdigest()

    def _manifest(self, matter: Matter, custody: Any, asked_by: Any) -> dict[str, Any]:
        return {
            "format": contents.FORMAT,
            "made_at": timezone.localtime().isoformat(),
            "made_by": str(asked_by),
            "platform": settings.ZHIHUAN_PLATFORM_NAME,
            "organisation": settings.ZHIHUAN_ORGANISATION,
            "matter": contents.matter_facts(matter),
            "evidence": [
                contents.entry_of(each, len(custody[str(each.pk)]), path)
                for each, path in self._evidence
            ],
            "records": dict(self._records),
        }

    def _copied(self, source: IO[bytes], name: str) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with self._archive.open(_entry(name), "w", force_zip64=True) as target:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
                size += len(chunk)
                self._done += len(chunk)
                self._tell(self._done)
        return digest.hexdigest(), size


def _entry(name: str) -> zipfile.ZipInfo:
    moment = timezone.localtime()
    made = zipfile.ZipInfo(name, moment.timetuple()[:6])
    made.external_attr = 0o644 << 16
    return made
