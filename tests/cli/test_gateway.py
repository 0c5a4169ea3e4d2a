"""``zhihuan gateway`` says what is wrong before it listens."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zhihuan.cli.gateway import command


def run(folder: Path, *options: str, devices: str = 'devices: [{mn: "1"}]') -> Result:
    path = folder / "devices.yaml"
    path.write_text(devices)
    common = ["--devices", str(path), "--store", f"chdb://{folder}/store"]
    return CliRunner().invoke(command, [*common, "--spool", str(folder / "spool"), *options])


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--listen", "9212"], "HOST:PORT"),
        (["--trust-proxy", "10.0.0.1/8"], "host bits"),
        (["--tls-cert", __file__], "belong together"),
    ],
)
def test_an_option_that_cannot_be_meant_is_explained(
    tmp_path: Path, options: list[str], complaint: str
) -> None:
    result = run(tmp_path, *options)
    assert result.exit_code == 2
    assert complaint in result.output


def test_a_device_file_with_a_mistake_stops_the_start_with_its_place(tmp_path: Path) -> None:
    result = run(tmp_path, "--listen", "127.0.0.1:0", devices='devices: [{mn: "1", pasword: x}]')
    assert result.exit_code == 1
    assert "device 1: unknown pasword" in result.output
