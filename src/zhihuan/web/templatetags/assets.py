"""``{% asset "main.ts" %}``: the tags of one built front-end entry, from Vite's manifest.

Emits only links and module scripts with a source, as the content security policy demands. When
the front end is not built the page still works: it says so in a comment and loads nothing.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

MANIFEST = Path(__file__).resolve().parents[1] / "static" / "dist" / "manifest.json"


@functools.lru_cache(maxsize=4)
def _manifest(path: Path, _changed_ns: int) -> dict[str, Any]:
    entries: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return entries


def manifest() -> dict[str, Any]:
    """The manifest as built now, empty when nothing was built. Re-read when it was built anew."""
    if not MANIFEST.is_file():
        return {}
    return _manifest(MANIFEST, MANIFEST.stat().st_mtime_ns)


@register.simple_tag
def asset(name: str) -> SafeString:
    """The link and script tags of entry ``name``."""
    entry = manifest().get(name)
    if entry is None:
        if settings.DEBUG:
            return format_html("<!-- front end not built: {} (run make setup) -->", name)
        return mark_safe("")
    styles = [(static(f"dist/{file}"),) for file in entry.get("css", [])]
    links = format_html_join("\n", '<link rel="stylesheet" href="{}">', styles)
    script = format_html(
        '<script type="module" src="{}"></script>', static(f"dist/{entry['file']}")
    )
    return format_html("{}\n{}", links, script)
