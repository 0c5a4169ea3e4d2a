"""A case from the exceedance on the wire to the closed, published file, walked in Chromium: desk and telephone, with the
network cut for the visit, every clock reckoned beside, documents read, and the evidence checked outside the project."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
HOME = HERE / "lead_home.py"
SERVE = f"import sys; sys.path.insert(0, {str(HERE)!r}); import lead_home; lead_home.serve()"
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("looks_only"), pytest.mark.timeout(1800)]


@pytest.fixture
def office(chromium: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The bureau on the day when it happens; whatever the browser reported fails the walk."""
    monkeypatch.syspath_prepend(str(HERE))
    from lead_office import Office

    conftest = _conftest()
    with conftest.own_database(tmp_path) as database:
        environment = os.environ | database | {"ZHIHUAN_HOME": str(tmp_path), "ZHIHUAN_DEBUG": "0"}
        # the clock is moved before the command line is read, so its --listen comes too late
        environment |= {
            "ZHIHUAN_WEB_ADDRESS": "127.0.0.1:0",
            "ZHIHUAN_GATEWAY_ADDRESS": "127.0.0.1:0",
        }
        seeded = subprocess.run(
            [sys.executable, HOME], env=environment, check=True, timeout=300, capture_output=True
        )
        accounts = json.loads(seeded.stdout.decode().splitlines()[-1])
        with conftest.serving(tmp_path, environment, SERVE) as running:
            made = Office(chromium, running, tmp_path, accounts)
            yield made
            made.put_away()
            assert made.unexpected == []


def _conftest() -> Any:
    spec = importlib.util.spec_from_file_location("browser_conftest_of_lead", HERE / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_from_the_exceedance_on_the_wire_to_the_closed_and_published_file(
    office: Any, tmp_path: Path
) -> None:
    import lead_alarm
    import lead_case
    import lead_proof
    import lead_visit

    # Monday 7 September
    lead_alarm.reports_too_much(office)
    alarm = lead_alarm.the_firm_answers(office)
    clue = lead_alarm.the_branch_verifies(office, alarm)
    lead_alarm.the_desk_judges_and_sends_out(office, clue)
    visit = lead_visit.is_ordered(office, clue)

    office.moves_to("09-08 11:00")
    paper = lead_visit.is_made_without_a_network(office, visit)
    lead_visit.is_archived_told_and_ended(office, visit)
    case = lead_case.the_clue_becomes_a_case(office, clue)
    lead_case.it_is_filed(office, case)
    lead_case.evidence_is_added(office, case)

    office.moves_to("09-14 09:00")
    fine = lead_case.its_fine_is_reckoned_and_reported(office, case)
    lead_case.others_review_it(office, case)
    lead_case.the_party_is_notified(office, case, fine)
    office.moves_to("09-20 16:00")
    lead_case.nobody_decides_before_the_period_is_over(office, case)

    office.moves_to("09-21 09:00")
    lead_case.it_is_decided_and_served(office, case)
    public = lead_case.it_is_published(office, case)
    lead_case.the_public_reads(office, public, fine)
    office.moves_to("09-28 09:00")
    lead_case.it_is_paid_and_closed(office, case, fine)

    for number, matter in enumerate((clue, visit, case)):
        folder = tmp_path / f"elsewhere-{number}"
        digest = lead_proof.taken_away(office, matter, folder)
        code, said = lead_proof.checked(folder, digest)
        assert (code, "全部相符" in said) == (0, True), said
    assert lead_proof.content_of(tmp_path / "elsewhere-0", ".csv")
    visited = tmp_path / "elsewhere-1"
    [sheet] = lead_proof.content_of(visited, ".pdf")
    assert (
        lead_proof.bytes_of(visited, sheet) == paper
    )  # what the party took away is what the file proves
    lead_proof.tampered(folder, lead_proof.content_of(folder, ".pdf")[0])
    code, said = lead_proof.checked(folder, digest)
    assert (code, "SHA-256" in said) == (1, True), said
