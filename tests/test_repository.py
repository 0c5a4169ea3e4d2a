"""What the repository promises about itself, beyond what the linters can say."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def _tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


@pytest.mark.parametrize("name", ["base", "dev", "tools"])
def test_lock_files_pin_every_package_by_hash_and_name_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")
    pinned = re.findall(r"^([a-z0-9._-]+)==\S+.*\\\n\s+--hash=sha256:", text, re.MULTILINE)
    assert pinned
    assert len(pinned) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
    assert "://" not in text


def test_the_npm_lock_pins_every_package_by_hash_and_names_no_address() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text("utf-8"))
    packages = {path: entry for path, entry in lock["packages"].items() if path}
    assert packages
    assert all("integrity" in entry for entry in packages.values() if not entry.get("link"))
    assert not any("resolved" in entry for entry in packages.values())


def test_no_tracked_file_is_large_or_an_absolute_path_of_some_machine() -> None:
    for path in _tracked_files():
        if not path.is_file():
            continue
        assert path.stat().st_size < 1_000_000, path
        if path.suffix in {".py", ".md", ".toml", ".yaml", ".ts", ".html"}:
            assert "/" + "work/" not in path.read_text("utf-8"), path


def test_every_dependency_has_its_line_of_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = {re.match(r"[a-z0-9-]+", entry)[0] for entry in project["dependencies"]}
    explained = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    missing = sorted(name for name in named if not re.search(rf"\| .*\b{name}\b", explained))
    assert missing == []


def test_every_link_between_documents_leads_somewhere() -> None:
    documents = [path for path in _tracked_files() if path.suffix == ".md"]
    dead = [
        f"{path.relative_to(ROOT)} -> {target}"
        for path in documents
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]
    assert dead == []


def _offered(init: Path) -> set[str]:
    """The names in ``__all__`` of a package."""
    import ast

    assigned = [each for each in ast.parse(init.read_text("utf-8")).body if _names_all(each)]
    return {name for each in assigned for name in ast.literal_eval(each.value)}


def _names_all(statement: object) -> bool:
    targets = getattr(statement, "targets", ())
    return any(getattr(target, "id", None) == "__all__" for target in targets)


def test_no_folder_of_data_takes_the_name_of_what_its_package_offers() -> None:
    """A folder is importable too: whoever imports it puts it in the place of the function."""
    packages = [each.parent for each in (ROOT / "src" / "zhihuan").rglob("__init__.py")]
    taken = []
    for package in packages:
        offered = _offered(package / "__init__.py")
        folders = {each.name for each in package.iterdir() if each.is_dir()}
        data = {name for name in folders if not (package / name / "__init__.py").exists()}
        taken += [f"{package.name}.{name}" for name in sorted(offered & data)]
    assert taken == []
