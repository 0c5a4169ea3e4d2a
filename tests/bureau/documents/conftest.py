"""A line with documents of every sort, its people, and how Word files are made."""

from __future__ import annotations

import importlib.util
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
MATTERS = HERE.parent / "matters"
sys.path[:0] = [str(HERE), str(MATTERS)]

_spec = importlib.util.spec_from_file_location("cast_of_matters", MATTERS / "conftest.py")
_cast: Any = importlib.util.module_from_spec(_spec)
sys.modules["cast_of_matters"] = _cast
_spec.loader.exec_module(_cast)
cast = _cast.cast
nine = _cast.nine

DECISION = (
    "当事人：{{ party.name }}",
    "统一社会信用代码：{{ party.credit_code }}",
    "文号：{{ document.number }}",
    "罚款人民币{{ said.decide.fine|words }}（￥{{ said.decide.fine|yuan }}元）。",
    "{{ issuer.name }} {{ document.day|day_in_characters }}",
)
NOTE = ("办案人：{{ step.actor }}", "{{ document.title }}，{{ matter.title }}，{{ town.name }}")


@dataclass
class Line:
    """A line whose package was made for one test; ``write`` puts another template into it."""

    procedure: Any
    folder: Path

    def write(self, name: str, data: bytes) -> None:
        from zhihuan.bureau.documents import template

        (self.folder / name).write_bytes(data)
        template._template.cache_clear()


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Line]:
    """The procedure ``CASE`` with a decision that has a number, is served and published, and an internal
    note without a number; documents are kept in a folder of the test."""
    from procedures import CASE
    from word_files import clean_word

    from zhihuan.bureau.matters import catalogue
    from zhihuan.bureau.matters.declaration import Document

    settings.ZHIHUAN_HOME = tmp_path / "home"
    name = f"papers_line_{uuid.uuid4().hex}"  # packages and templates are remembered by name
    folder = tmp_path / "lines" / name / "documents"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path / "lines")
    papers = (
        Document("decision", "行政处罚决定书", "decision.docx", number="penalty_decision", served=True, published=True),
        Document("note", "结案说明", "note.docx"),
    )  # fmt: skip
    steps = tuple(replace(s, documents=papers) if s.code == "decide" else s for s in CASE.steps)
    made = Line(replace(CASE, code="papers_case", folder=name, steps=steps), folder)
    made.write("decision.docx", clean_word(*DECISION, title="{{ document.title }}"))
    made.write("note.docx", clean_word(*NOTE))
    catalogue.register(made.procedure)
    yield made
    catalogue.forget(made.procedure.code)


@pytest.fixture
def to_decide(line: Line, cast: Any) -> Callable[..., Any]:
    """``to_decide()``: a case that stands before its decision, opened on 2 March 2026."""
    from zhihuan.bureau.matters.engine.taking import Acting, open_matter

    def make(title: str = "某印染厂超标排放") -> Any:
        acting = Acting(cast.officer, "10.0.0.8", at=nine("03-02"))
        fields = {"title": title, "party": cast.firm, "town": cast.town}
        walk = _cast.Walk(cast, open_matter(line.procedure.code, acting, **fields))
        walk.take("file", cast.officer, "03-02", officers=[cast.officer, cast.second])
        walk.take("submit", cast.officer, "03-03")
        return walk

    return make


@pytest.fixture
def decided(to_decide: Callable[..., Any], cast: Any) -> Any:
    """A case that was decided on 5 March 2026: a fine of 30,000 yuan."""
    walk = to_decide()
    walk.take("decide", cast.head, "03-05", fine="30000", served_on="2026-03-05")
    return walk
