"""``zhihuan check`` tells what is unsafe and exits so; ``zhihuan manage`` passes on."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.fixture
def zhihuan(tmp_path):
    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("ZHIHUAN_")}
        return subprocess.run(
            [sys.executable, "-c", "from zhihuan.cli import main; main()", *arguments],
            env=inherited | {"ZHIHUAN_HOME": str(tmp_path / "home")} | variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


def test_a_laptop_needs_nothing_to_be_safe_enough(zhihuan):
    done = zhihuan("check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ERROR" not in done.stdout
    assert "ZHIHUAN_HTTPS" in done.stdout


def test_for_others_to_reach_it_more_is_wanted(zhihuan):
    done = zhihuan("check", "--deploy")
    assert done.returncode == 1
    assert "ERROR  ZHIHUAN_HTTPS" in done.stdout
    assert "→" in done.stdout


def test_a_well_kept_installation_passes(zhihuan):
    done = zhihuan(
        "check",
        "--deploy",
        ZHIHUAN_ALLOWED_HOSTS="eco.example.gov.cn",
        ZHIHUAN_HTTPS="1",
        ZHIHUAN_BEHIND_PROXY="1",
        ZHIHUAN_METRICS_TOKEN="x" * 40,
        ZHIHUAN_GATEWAY_CONNECTIONS="300",
        ZHIHUAN_GATEWAY_CONNECTIONS_PER_ADDRESS="50",
        ZHIHUAN_DATABASE_URL="postgres://zhihuan@127.0.0.1:1/zhihuan",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing unsafe found" in done.stdout


def test_an_unsafe_gateway_is_explained(zhihuan):
    done = zhihuan(
        "check",
        "--deploy",
        ZHIHUAN_GATEWAY_TRUSTED_PROXIES="0.0.0.0/0",
        ZHIHUAN_GATEWAY_TLS_CERTIFICATE="/nowhere/cert.pem",
    )
    assert done.returncode == 1
    assert "ERROR  ZHIHUAN_GATEWAY_TRUSTED_PROXIES" in done.stdout
    assert "ZHIHUAN_GATEWAY_TLS_KEY is not set" in done.stdout


def test_a_value_that_makes_no_sense_is_one_sentence_and_no_trace(zhihuan):
    done = zhihuan("check", ZHIHUAN_LIVE_CLIENTS="many")
    assert done.returncode == 1
    assert "ZHIHUAN_LIVE_CLIENTS='many'" in done.stderr
    assert "Traceback" not in done.stderr


def test_management_commands_are_passed_on(zhihuan):
    done = zhihuan("manage", "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No changes detected" in done.stdout


def test_serving_says_in_a_sentence_why_it_cannot(zhihuan):
    done = zhihuan("serve", "--listen", "nonsense")
    assert done.returncode == 1
    assert "ZHIHUAN_WEB_ADDRESS='nonsense'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_one_sentence_without_its_password(zhihuan):
    url = "postgres://zhihuan:hunter2@127.0.0.1:1/zhihuan"
    done = zhihuan("serve", "--listen", "127.0.0.1:0", ZHIHUAN_DATABASE_URL=url)
    assert done.returncode == 1
    assert "ZHIHUAN_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stdout + done.stderr
