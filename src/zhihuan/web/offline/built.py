"""The built files that the pages of a visit load, by Vite's manifest: what a phone must keep beside them."""

from __future__ import annotations

from collections.abc import Iterator

from django.templatetags.static import static

from zhihuan.web.templatetags import assets

__all__ = ["asset_urls"]

#: The entry of every page, and the island that a visit's pages bring.
_LOADED = ("main.ts", "islands/visits/index.ts")


def asset_urls() -> list[str]:
    """Addresses of scripts and style sheets, each once; none while the front end is not built."""
    files = dict.fromkeys(file for key in _LOADED for file in _files_of(key))
    return [*(static(f"dist/{file}") for file in files), static("favicon.svg")]


def _files_of(key: str) -> Iterator[str]:
    entry = assets.manifest().get(key)
    if entry is None:
        return
    yield entry["file"]
    yield from entry.get("css", [])
    for imported in entry.get("imports", []):
        yield from _files_of(imported)
