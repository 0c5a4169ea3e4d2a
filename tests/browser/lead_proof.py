"""The evidence taken away and checked by a stranger: an empty folder, plain Python, nothing of the project in reach."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from lead_office import Office


def taken_away(office: Office, matter: str, folder: Path) -> str:
    """The bundle of a matter in that folder, with its verifier; the digest that is handed over apart."""
    number = re.search(r"\d+", matter)[0]  # type: ignore[index]
    page = office.page("head", f"/evidence/of/{number}/")
    page.get_by_role("button", name=re.compile("制作证据包")).click()
    link = page.get_by_role("link", name=re.compile("下载证据包"))
    link.wait_for()
    digest = page.locator(".evidence-hash code").inner_text()
    with page.expect_download() as download:
        link.click()
    folder.mkdir()
    download.value.save_as(folder / "bundle.zip")
    with zipfile.ZipFile(folder / "bundle.zip") as archive:
        (folder / "verify.py").write_bytes(archive.read("verify.py"))
    return str(digest)


def checked(folder: Path, digest: str) -> tuple[int, str]:
    """What the verifier says, run as a stranger runs it."""
    python = shutil.which("python3", path=os.defpath) or sys.executable
    done = subprocess.run(
        [python, "-I", "verify.py", "bundle.zip", "--manifest", digest],
        cwd=folder, env={"PATH": os.defpath}, capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def tampered(folder: Path, name: str) -> None:
    """One byte of one file of the bundle is another."""
    whole = folder / "bundle.zip"
    with zipfile.ZipFile(whole) as archive:
        content = {each: archive.read(each) for each in archive.namelist()}
    content[name] = bytes([content[name][0] ^ 1]) + content[name][1:]
    with zipfile.ZipFile(whole, "w") as archive:
        for each, data in content.items():
            archive.writestr(each, data)


def bytes_of(folder: Path, name: str) -> bytes:
    with zipfile.ZipFile(folder / "bundle.zip") as archive:
        return archive.read(name)


def content_of(folder: Path, wanted: str) -> list[str]:
    """The names of the bundle's evidence with that ending."""
    with zipfile.ZipFile(folder / "bundle.zip") as archive:
        return [
            each
            for each in archive.namelist()
            if each.startswith("files/") and each.endswith(wanted)
        ]
