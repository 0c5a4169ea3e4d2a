"""Every text of the source has its English, with the same places for values; nothing is left over."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
CHINESE = re.compile(r"[\u3400-\u9fff]")
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


@pytest.fixture(scope="module")
def extracting() -> ModuleType:
    """scripts/extract_messages.py as a module."""
    file = ROOT / "scripts" / "extract_messages.py"
    spec = importlib.util.spec_from_file_location("extract_messages", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def catalogue(extracting) -> Path:
    return extracting.LOCALE / "en" / "LC_MESSAGES" / "django.po"


def test_the_source_is_read_from_every_kind_of_file(extracting):
    found = extracting.messages()
    assert found["隔离报文"].endswith(("list.html", ".html"))  # a template
    assert found["第 %(number)s 页，共 %(pages)s 页"].endswith(".html")  # with values in it
    assert found["命令已撤销。"] == "web/commands/views.py"
    assert found["CRC 校验错误"] == "bureau/acquisition/reasons.yaml"


def test_no_text_lacks_its_english(extracting, catalogue):
    assert extracting.untranslated(catalogue) == []


def test_no_translation_is_left_over(extracting, catalogue):
    assert extracting.unused(catalogue) == []


def test_english_is_english_and_keeps_the_places_for_values(extracting, catalogue):
    known = extracting.read_po(catalogue.read_text("utf-8"))
    texts = {text: told for text, told in known.items() if text}
    assert not [told for told in texts.values() if CHINESE.search(told)]
    assert not [
        (text, told)
        for text, told in texts.items()
        if sorted(PLACE.findall(text)) != sorted(PLACE.findall(told))
    ]


def test_no_template_has_a_text_that_passes_by_translation():
    tags = re.compile(
        r"{%\s*(blocktranslate|blocktrans|comment).*?{%\s*end\1\s*%}|{%.*?%}|{#.*?#}|{{.*?}}|<!--.*?-->",
        re.DOTALL,
    )
    bare = {
        str(file.name): CHINESE.findall(tags.sub("", file.read_text("utf-8")))
        for file in (ROOT / "src" / "zhihuan").glob("**/*.html")
    }
    assert not {name: found for name, found in bare.items() if found}
