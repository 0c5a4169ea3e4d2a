"""Every procedure's BPMN file opened in a modeller: bpmn-js, the one of bpmn.io, in a real Chromium. It opens without a
warning, shows every state, step and flow under its name, and what the modeller saves opens again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from zhihuan.bureau.matters.bpmn import as_bpmn
from zhihuan.bureau.matters.catalogue import procedures
from zhihuan.bureau.matters.declaration import Procedure

REPOSITORY = Path(__file__).parents[2]
MODELLER = REPOSITORY / "frontend/node_modules/bpmn-js/dist/bpmn-modeler.development.js"
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only")]

#: Opens a file; gives the warnings, what is drawn as [type, name], and the file as the modeller saves it.
OPENED = """async xml => {
  const modeller = new BpmnJS({ container: document.querySelector('#canvas') })
  const { warnings } = await modeller.importXML(xml)
  modeller.get('canvas').zoom('fit-viewport')
  const drawn = modeller.get('elementRegistry').filter((each) => each.type !== 'label' && each.parent)
  const empty = drawn.filter((each) => !each.waypoints && !(each.width > 0 && each.height > 0))
  const saved = await modeller.saveXML({ format: true })
  window.opened?.destroy()
  window.opened = modeller
  return {
    warnings: warnings.map((each) => each.message),
    drawn: drawn.map((each) => [each.type, each.businessObject.name ?? '']),
    empty: empty.map((each) => each.id),
    saved: saved.xml,
  }
}"""
EVERY = procedures()
PROCEDURE = pytest.mark.parametrize(
    "procedure", EVERY, ids=[f"{each.code}-{each.edition}" for each in EVERY]
)


@pytest.fixture(scope="module")
def modeller(chromium: Any, looks_only: None) -> Iterator[Any]:
    """A page with the modeller in it, and what its console reported."""
    if not MODELLER.is_file():
        import os

        if os.environ.get("CI") == "true":
            pytest.fail("bpmn-js is not installed: run make setup")
        pytest.skip("bpmn-js is not installed: run make setup")
    page = chromium.new_page(viewport={"width": 1600, "height": 1000})
    page.set_content('<!doctype html><title>BPMN</title><div id="canvas"></div>')
    page.add_style_tag(content="#canvas { width: 1560px; height: 960px }")
    page.add_style_tag(path=MODELLER.parent / "assets/diagram-js.css")
    page.add_script_tag(path=MODELLER)
    yield page
    page.close()


def test_there_are_procedures_to_open() -> None:
    assert len(EVERY) > 5


@PROCEDURE
def test_it_opens_without_a_warning_and_shows_all_of_it(
    modeller: Any, screenshots: Path, procedure: Procedure
) -> None:
    opened = modeller.evaluate(OPENED, as_bpmn(procedure).decode())
    modeller.screenshot(path=screenshots / f"bpmn-{procedure.code}.png")
    assert opened["warnings"] == []
    assert opened["empty"] == []
    names = {name for _kind, name in opened["drawn"]}
    assert names >= {str(each.title) for each in (*procedure.states, *procedure.steps)}
    kinds = Counter(kind for kind, _name in opened["drawn"])
    file = as_bpmn(procedure)
    for tag in ("endEvent", "exclusiveGateway", "userTask", "serviceTask", "sequenceFlow"):
        assert kinds[f"bpmn:{tag[0].upper()}{tag[1:]}"] == file.count(f"<{tag} ".encode()), tag
    again = modeller.evaluate(OPENED, opened["saved"])
    assert again["warnings"] == []
    assert sorted(again["drawn"]) == sorted(opened["drawn"])


def test_a_file_with_a_fault_is_warned_of(modeller: Any) -> None:
    """The modeller does tell: a flow to an element that is not there."""
    broken = as_bpmn(EVERY[0]).decode().replace('targetRef="', 'targetRef="nowhere-', 1)
    assert modeller.evaluate(OPENED, broken)["warnings"]
