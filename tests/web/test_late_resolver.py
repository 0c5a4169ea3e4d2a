"""The interface for programs is made when a program asks, not when somebody opens a page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ASKED = """
import sys
from zhihuan.web.start import set_up
set_up()
from django.urls import Resolver404, resolve, reverse

def is_made():
    return "zhihuan.web.api.interface" in sys.modules

resolve(reverse("inbox"))
try:
    resolve("/no/such/page")
except Resolver404:
    pass
print(is_made(), resolve("/api/v1/public/today").url_name, is_made(), resolve("/api/v9/").url_name)
"""


def test_a_page_is_found_without_the_interface_and_a_program_finds_it(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", ASKED],
        env={"ZHIHUAN_HOME": str(tmp_path), "PATH": "", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    assert told.stdout.split() == ["False", "api-public-today", "True", "api-nothing"]


def test_addresses_that_pages_name_for_programs_lead_to_the_operations(db: None) -> None:
    from django.urls import resolve

    from zhihuan.web.api.address import for_programs

    named = {
        "openapi.json": "api-document",
        "public/today": "api-public-today",
        "public/stations": "api-public-stations",
        "public/latest": "api-public-latest",
        "public/latest.csv": "api-public-latest-csv",
        "public/stations.geojson": "api-public-places",
        "public/declaration": "api-public-declaration",
        "public/stations/gz-1": "api-public-station",
        "public/stations/gz-1/hours.csv": "api-public-hours-csv",
    }
    found = {route: resolve(for_programs(route)).url_name for route in named}
    assert found == named
