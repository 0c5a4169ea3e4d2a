"""``zhihuan matters rebase``: tells before it does, does what it told, leaves alone what cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result

from zhihuan.bureau.clock import Basis
from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.declaration import Clock, Procedure, State, Step, Who
from zhihuan.bureau.matters.engine.taking import Acting, open_matter, take
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.actions import Reach
from zhihuan.cli.matters import command

pytestmark = pytest.mark.django_db

DESK = Who({"registrar": Reach.CITY})
OLD = Procedure(
    code="told",
    title="备案",
    edition="2015",
    basis=Basis("备案管理办法", "", date(2015, 1, 8)),
    states=(State("draft", "填报"), State("checking", "核对"), State("filed", "已备案", end=True)),
    begins="draft",
    steps=(
        Step("submit", "提交", ("draft",), "checking", DESK),
        Step("file", "备案", ("checking",), "filed", DESK),
    ),
    clocks=(Clock("check", "核对期限", "M02", starts=("submit",), ends=("file",)),),
)  # fmt: skip
NEW = replace(
    OLD,
    edition="2026",
    basis=replace(OLD.basis, in_force_from=date(2030, 1, 1)),
    clocks=(replace(OLD.clocks[0], limit="E02"),),
)


@pytest.fixture(autouse=True)
def editions() -> Iterator[None]:
    for each in (OLD, NEW):
        catalogue.register(each)
    yield
    catalogue.forget("told")


@pytest.fixture
def matter(person: Any) -> Matter:
    """Submitted, so that its clock runs."""
    acting = Acting(person("registrar", name="desk"))
    person("leader", name="leader")
    opened = open_matter("told", acting, title="预案")
    take(opened, "submit", acting, version=1)
    return opened


def run(*words: str, by: str = "leader") -> Result:
    given = ["rebase", "told", "--from", "2015", "--to", "2026", "--as", by, "--why", "新规"]
    return CliRunner().invoke(command, [*given, *words])


def test_without_do_it_tells_and_changes_nothing(matter: Matter) -> None:
    before = list(Matter.objects.values_list())
    said = run()
    assert said.exit_code == 0
    assert f"{matter.pk} 预案: time limit check" in said.output
    assert said.output.endswith("1 matters would change, 0 left alone\n")
    assert list(Matter.objects.values_list()) == before


def test_with_do_it_comes_to_pass(matter: Matter) -> None:
    assert run("--do").exit_code == 0
    matter.refresh_from_db()
    assert (matter.edition, matter.clocks.get().limit) == ("2026", "E02")
    assert matter.events.get(number=3).said["why"] == "新规"
    assert run("--do").output == "0 matters changed, 0 left alone\n"


def test_what_cannot_change_is_left_alone_with_the_reason(matter: Matter, person: Any) -> None:
    said = run("--do", by="desk")
    assert said.exit_code == 1
    assert "权限" in said.output
    assert Matter.objects.get().edition == "2015"


def test_only_the_chosen_and_only_known_editions(matter: Matter) -> None:
    assert run("--do", "--matter", str(matter.pk + 1)).output.startswith("0 matters changed")
    unknown = run("--to", "1999")
    assert (unknown.exit_code, "edition 1999" in unknown.output) == (1, True)
    assert run("--state", "checking").exit_code == 2
