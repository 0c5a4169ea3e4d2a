"""What the pages and the docstrings of the standards show is what the code gives."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import zhihuan.standards

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "standards").glob("*.md"))
SUBJECTS = sorted(
    module.name
    for module in pkgutil.iter_modules(zhihuan.standards.__path__)
    if module.ispkg and module.name not in {"classes", "tables", "parameters", "quantities"}
)


def modules() -> Iterator[str]:
    yield "zhihuan.standards"
    for module in pkgutil.walk_packages(zhihuan.standards.__path__, "zhihuan.standards."):
        yield module.name


@pytest.mark.parametrize("name", list(modules()))
def test_the_examples_of_every_module_run(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_every_page_run(page: Path) -> None:
    found = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert found.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_links_and_pictures_of_every_page_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("name", list(modules()))
def test_every_public_function_tells_what_it_decides(name: str) -> None:
    module = importlib.import_module(name)
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert ast.get_docstring(tree), name
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_index_leads_to_every_subject(subject: str) -> None:
    text = (ROOT / "docs" / "standards" / "index.md").read_text("utf-8")
    assert f"`standards.{subject}`" in text


def test_the_index_leads_to_every_page() -> None:
    text = (ROOT / "docs" / "standards" / "index.md").read_text("utf-8")
    missing = [page.name for page in PAGES if page.name != "index.md" and page.name not in text]
    assert missing == []


def test_the_page_of_parameters_is_what_the_files_say() -> None:
    check = [sys.executable, str(ROOT / "scripts" / "write_parameters.py"), "--check"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
