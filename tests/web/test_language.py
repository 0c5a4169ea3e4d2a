"""Chinese by default; another language only for whoever chose it; compiled files are current."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]


def test_pages_are_chinese_whatever_the_browser_prefers(client):
    response = client.get("/accounts/login/", headers={"accept-language": "en-US,en"})
    html = response.content.decode()
    assert 'lang="zh-CN"' in html
    assert "登录" in html
    assert response["Content-Language"] == "zh-hans"


def test_whoever_chose_english_reads_english(client):
    client.cookies["zhihuan_language"] = "en"
    html = client.get("/accounts/login/").content.decode()
    assert 'lang="en"' in html
    assert "Log in" in html
    assert "登录" not in html


def test_a_language_we_do_not_have_is_chinese(client):
    client.cookies["zhihuan_language"] = "xx"
    assert 'lang="zh-CN"' in client.get("/accounts/login/").content.decode()


def test_one_reader_s_choice_does_not_stick_to_the_next(client):
    client.cookies["zhihuan_language"] = "en"
    client.get("/accounts/login/")
    del client.cookies["zhihuan_language"]
    assert "登录" in client.get("/accounts/login/").content.decode()


def test_compiled_translations_are_current():
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "compile_messages.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_live_page_has_an_english_shell(outlet, platform_store, browser_of):
    browser = browser_of("值班员")
    browser.cookies["zhihuan_language"] = "en"
    html = browser.get("/live/").content.decode()
    for words in ("Skip to main content", "Exceeding", "Synthetic data", "Points: 1"):
        assert words in html, words
