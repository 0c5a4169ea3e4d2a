"""Which tests run, in what order, and how they are spread over the workers of a run (``pytest -n 2 --dist loadgroup``).

One by one, in their order, but together where they share something dear: the tests of one file of the browser share a
platform and what was looked at before, and all that ask for a cluster of ClickHouse can have the same one. Groups are
read off the addresses of the tests, for that is all a worker tells the scheduler (``xdist_group`` marks would be lost),
so what asks for a cluster says so in its name.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

#: Whose tests share what their file prepares, or what these files together do.
_SHARED = {
    "tests/cli/test_demo.py": "demo",
    "tests/demo/test_business.py": "demo of lines",
    "tests/demo/test_past_cases.py": "demo of years",
    "tests/web/backup/test_making.py": "backup",
    "tests/web/backup/test_restoring.py": "backup",
}
#: Files of the browser by how long they take; every other is shorter.
_LONGEST = (
    "every_role", "offline", "lead_to_file", "plan_filing", "matters", "accessibility", "catalogue", "screens",
    "people", "sign_in", "business_pages",
)  # fmt: skip


def group_of(address: str) -> str:
    """What must stay on one worker with the test at ``tests/file.py::test[case]``: all of equal group."""
    file, _, test = address.partition("::")
    if "cluster" in test or "cluster" in PurePosixPath(file).name:
        return "cluster"
    return file if file.startswith("tests/browser/") else _SHARED.get(file, address)


def longest_first(address: str) -> int:
    """The place of a browser test's file among the others."""
    name = PurePosixPath(address.partition("::")[0]).stem.removeprefix("test_")
    return _LONGEST.index(name) if name in _LONGEST else len(_LONGEST)


class Together(LoadScopeScheduling):
    """Hands out groups in the order of their first tests."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


# ---- hooks of pytest, for conftest.py ----


def pytest_addoption(parser: pytest.Parser) -> None:
    """For a second run on another database: what asks for none has been proven by the first."""
    words = "only tests that ask for the database or for a platform in front of a browser"
    parser.addoption("--only-database", action="store_true", help=words)


def _knows_a_database(item: pytest.Item) -> bool:
    asked = {"db", "transactional_db", "live_server"} & {*getattr(item, "fixturenames", ())}
    marks = ("django_db", "postgres", "browser")
    return bool(asked) or any(item.get_closest_marker(mark) for mark in marks)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright keeps an event loop running in its process until the end,
    and no asynchronous test can start another beside it. The longest of them first, so that no
    worker is left alone with one.
    """
    if config.getoption("--only-database"):
        items[:] = [item for item in items if _knows_a_database(item)]
    for item in items:
        if item.get_closest_marker("cluster") and group_of(item.nodeid) != "cluster":
            raise pytest.UsageError(f"{item.nodeid} is marked cluster: say so in its name")
    last = [item for item in items if item.get_closest_marker("browser") is not None]
    first = [item for item in items if item.get_closest_marker("browser") is None]
    items[:] = [*first, *sorted(last, key=lambda item: longest_first(item.nodeid))]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """``--dist loadgroup`` goes by addresses."""
    if config.getvalue("dist") != "loadgroup":
        return None
    config.option.loadscopereorder = False  # in their order
    return Together(config, log)
