"""Every unsafe setting is told: what, why, and how to mend it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from zhihuan.web.safety import findings


def settings(tmp_path: Path, **given) -> SimpleNamespace:
    safe = {
        "DEBUG": False,
        "SECRET_KEY": "".join(map(chr, range(48, 110))),
        "ALLOWED_HOSTS": ["eco.example.gov.cn"],
        "HTTPS": True,
        "BEHIND_PROXY": True,
        "ZHIHUAN_WEB_ADDRESS": "127.0.0.1:8000",
        "ZHIHUAN_METRICS_TOKEN": "x" * 40,
        "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
        "ZHIHUAN_HOME": tmp_path,
        "ZHIHUAN_PARTS": frozenset({"gateway", "scheduler"}),
        "ZHIHUAN_STORE_URL": "chdb:///var/lib/zhihuan/telemetry",
        "ZHIHUAN_GATEWAY_TLS_CERTIFICATE": None,
        "ZHIHUAN_GATEWAY_TLS_KEY": None,
        "ZHIHUAN_GATEWAY_TLS_CLIENT_CA": None,
        "ZHIHUAN_GATEWAY_TRUSTED_PROXIES": [],
        "ZHIHUAN_GATEWAY_CONNECTIONS": 300,
        "ZHIHUAN_GATEWAY_CONNECTIONS_PER_ADDRESS": 50,
        "SESSION_COOKIE_AGE": 1800,
        "ZHIHUAN_SESSION_MAX_HOURS": 12,
        "ZHIHUAN_SESSIONS_PER_PERSON": 5,
        "ZHIHUAN_SECOND_FACTOR_ROLES": [
            "system_administrator",
            "security_administrator",
            "audit_administrator",
        ],
        "ZHIHUAN_OIDC_SERVER": "",
    }
    return SimpleNamespace(**safe | given)


@pytest.fixture(autouse=True)
def _no_strange_variables(monkeypatch):
    monkeypatch.setattr("zhihuan.web.environment.unknown", list)


def test_a_safe_installation_has_no_findings(tmp_path):
    assert findings(settings(tmp_path)) == []


SQLITE = {"default": {"ENGINE": "django.db.backends.sqlite3"}}


@pytest.mark.parametrize(
    ("given", "setting", "is_error"),
    [
        ({"DEBUG": True}, "ZHIHUAN_DEBUG", False),
        ({"ZHIHUAN_PARTS": frozenset({"gateway"})}, "ZHIHUAN_PARTS", True),
        ({"SECRET_KEY": "short"}, "ZHIHUAN_SECRET_KEY", True),
        ({"SECRET_KEY": "a" * 80}, "ZHIHUAN_SECRET_KEY", True),
        ({"ALLOWED_HOSTS": ["*"]}, "ZHIHUAN_ALLOWED_HOSTS", True),
        ({"ALLOWED_HOSTS": ["localhost", "127.0.0.1"]}, "ZHIHUAN_ALLOWED_HOSTS", False),
        ({"HTTPS": False}, "ZHIHUAN_HTTPS", False),
        ({"BEHIND_PROXY": False}, "ZHIHUAN_BEHIND_PROXY", True),
        ({"ZHIHUAN_WEB_ADDRESS": "0.0.0.0:80"}, "ZHIHUAN_WEB_ADDRESS", False),
        ({"DATABASES": SQLITE}, "ZHIHUAN_DATABASE_URL", False),
        ({"ZHIHUAN_METRICS_TOKEN": ""}, "ZHIHUAN_METRICS_TOKEN", False),
        ({"ZHIHUAN_GATEWAY_TLS_KEY": Path("key.pem")}, "ZHIHUAN_GATEWAY_TLS_CERTIFICATE", True),
    ],
)
def test_each_unsafe_setting_is_found_and_explained(tmp_path, given, setting, is_error):
    (found,) = findings(settings(tmp_path, **given))
    assert (found.setting, found.is_error) == (setting, is_error)
    assert found.problem.endswith(".")
    assert found.remedy


def test_a_key_that_others_can_read_is_an_error(tmp_path):
    key = tmp_path / "secret.key"
    key.write_text("x")
    key.chmod(0o644)
    (found,) = findings(settings(tmp_path))
    assert (found.setting, found.is_error) == ("ZHIHUAN_HOME", True)
    assert f"chmod 600 {key}" in found.remedy


def test_a_home_that_others_can_enter_is_told(tmp_path):
    tmp_path.chmod(0o755)
    (found,) = findings(settings(tmp_path))
    assert (found.setting, found.is_error) == ("ZHIHUAN_HOME", False)
    assert found.remedy == f"chmod 700 {tmp_path}"


@pytest.mark.parametrize(("mode", "told"), [(0o644, True), (0o600, False)])
def test_an_sqlite_file_elsewhere_that_others_can_read_is_told(tmp_path, mode, told):
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)
    file = folder / "x.sqlite3"
    file.touch()
    file.chmod(mode)
    database = {"default": SQLITE["default"] | {"NAME": str(file)}}
    remedies = [found.remedy for found in findings(settings(tmp_path, DATABASES=database))]
    assert (f"chmod 600 {file}" in remedies) is told


def test_a_misspelt_variable_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("zhihuan.web.environment.unknown", lambda: ["ZHIHUAN_DEBUGG"])
    (found,) = findings(settings(tmp_path))
    assert found.setting == "ZHIHUAN_DEBUGG"


def test_the_worst_comes_first(tmp_path):
    found = findings(settings(tmp_path, DEBUG=True, SECRET_KEY="short", DATABASES=SQLITE))
    assert [finding.is_error for finding in found] == [True, False, False]
