"""A whole file as one archive: 30 documents and 100 photographs, as the page has it made.

    python -m bench.case_bundle [--quick]

A case with its papers lies in a real platform on SQLite; photographs are distinct JPEG files of some 4 MB in the vault. Measured
is the making from the row that asks for it to the archive that may be taken away: covers, catalogues, receipts, self-check,
every file hashed on its way, the manifest. "Naive" is one loop that reads each file whole and deflates it into a zip. The
archive is then checked by its own ``verify.py`` in a fresh process.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from bench._dose import add_doses, dose_of
from bench._figure import tell
from bench._tables import make_tables

DOCUMENTS, PHOTOS, QUICK = 30, 100, 10
TARGET_S = 20.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_doses(parser, f"{QUICK} photographs")
    photos = dose_of(parser.parse_args(), PHOTOS, QUICK, 1)
    with tempfile.TemporaryDirectory() as home:
        _platform(home)
        matter, reader = _case(photos)
        _told(matter, reader, Path(home), photos)


def _platform(home: str) -> None:
    os.environ |= {"ZHIHUAN_HOME": home, "DJANGO_SETTINGS_MODULE": "zhihuan.web.settings"}
    os.environ.pop("ZHIHUAN_DATABASE_URL", None)
    import django

    django.setup()

    make_tables()


def _told(matter: Any, reader: Any, home: Path, photos: int) -> None:
    from zhihuan.bureau.vault.bundling import running

    before = _peak_mb()
    bundle = running._asked(matter, reader, "", "case_file")
    begun, worked = time.perf_counter(), time.process_time()
    running.make_here(bundle)
    seconds, worked = time.perf_counter() - begun, time.process_time() - worked
    grown = _peak_mb() - before
    bundle.refresh_from_db()
    if bundle.state != bundle.State.READY:
        raise RuntimeError(bundle.trouble)
    path = running.file_of(bundle)
    note = f"{DOCUMENTS} documents, {photos} photographs, {bundle.size_bytes / 2**20:,.0f} MB"
    _tell("a whole file", seconds, "s", TARGET_S, note)
    _tell(
        "the same, processor time", worked, "s", None, "what is left of it on a machine that waits"
    )
    _tell("memory it took", grown, "MB", None, "rise of the process's peak")
    naive, size = _naive(path, home / "naive.zip")
    _tell(
        "a naive zip of the same files",
        naive,
        "s",
        None,
        f"{size / 2**20:,.0f} MB, nothing checked",
    )
    _tell("beside a naive zip", seconds / naive, "times", None, "less is better")
    _tell(
        "verified by its own script", _verified(path, bundle.manifest_sha256, home), "s", None, ""
    )


def _case(photos: int) -> tuple[Any, Any]:
    from zhihuan.bureau.matters.engine.taking import Acting, open_matter
    from zhihuan.bureau.people.models import Organisation, RoleGrant, User
    from zhihuan.bureau.people.roles import FIELD_OFFICER
    from zhihuan.bureau.places.models import Town
    from zhihuan.bureau.registry.models import Enterprise

    bureau = Organisation.objects.create(name="模拟生态环境局", kind=Organisation.Kind.BUREAU)
    firm = Enterprise.objects.create(
        code="F1", name="模拟印染有限公司", kind="enterprise", no_code_reason="模拟",
        town=Town.objects.order_by("code").first(), synthetic=True,
    )  # fmt: skip
    town = firm.town
    bureau.towns.set([town])
    reader = User.objects.create(username="bench", organisation=bureau)
    RoleGrant.objects.create(user=reader, role=FIELD_OFFICER, organisation=bureau)
    party = Organisation.objects.get(pk=firm.pk)
    about = {"title": "模拟案件", "party": party, "town": town, "synthetic": True}
    matter = open_matter("penalty_case", Acting(reader), **about)
    _papers(matter, bureau)
    for number in range(photos):
        _photograph(matter, number)
    return matter, reader


def _papers(matter: Any, bureau: Any) -> None:
    from zhihuan.bureau.documents.kept import keep
    from zhihuan.bureau.documents.models import MatterDocument
    from zhihuan.bureau.documents.proving import specimen_of
    from zhihuan.bureau.matters.catalogue import edition_of

    procedure = edition_of(matter.procedure, matter.edition)
    declared = [(step, each) for step in procedure.steps for each in step.documents][:DOCUMENTS]
    event = matter.events.get()
    for number, (step, document) in enumerate(declared):
        data = specimen_of(procedure, step, document)
        MatterDocument.objects.create(
            matter_id=matter.pk, event=event, code=f"{document.code}{number}", title=str(document.title), issuer=bureau,
            template="bench", template_version="", facts={}, digest=keep(data), size_bytes=len(data),
            made_at=event.at + dt.timedelta(minutes=number), is_served=document.served,
        )  # fmt: skip


def _photograph(matter: Any, number: int) -> None:
    from zhihuan.bureau.matters.engine.taking import Acting
    from zhihuan.bureau.vault.evidence.adding import add_evidence
    from zhihuan.bureau.vault.keeping import keep_made

    stored = keep_made(_jpeg(number), f"现场{number}.jpg")
    add_evidence(
        matter, stored, Acting(None), kind="audiovisual", title=f"现场照片{number}", obtained="taken",
        taken_by="模拟", place="模拟排口", taken_at=matter.opened_at,
    )  # fmt: skip


_GRAIN: list[bytes] = []


def _jpeg(number: int) -> bytes:
    """A picture full of grain, which no archive makes smaller; each with a comment of its own."""
    from PIL import Image

    if not _GRAIN:
        grain = random.Random(6).randbytes(2200 * 1600 * 3)
        buffer = io.BytesIO()
        Image.frombytes("RGB", (2200, 1600), grain).save(buffer, "JPEG", quality=92)
        _GRAIN.append(buffer.getvalue())
    words = f"photograph {number}".encode()
    comment = b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words
    return _GRAIN[0][:2] + comment + _GRAIN[0][2:]


def _naive(path: Path, to: Path) -> tuple[float, int]:
    """The same files from a folder, read whole, deflated."""
    folder = to.with_suffix("")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    begun = time.perf_counter()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in files:
            archive.writestr(each.relative_to(folder).as_posix(), each.read_bytes())
    return time.perf_counter() - begun, to.stat().st_size


def _verified(path: Path, digest: str, home: Path) -> float:
    script = home / "verify.py"
    with zipfile.ZipFile(path) as archive:
        script.write_bytes(archive.read("verify.py"))
    begun = time.perf_counter()
    command = [sys.executable, "-I", "-S", str(script), str(path), "--manifest", digest]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _tell(what: str, figure: float, unit: str, target: float | None, note: str) -> None:
    tell(f"case bundle: {what}", figure, unit, target, note, digits=2)


if __name__ == "__main__":
    main()
