"""A small example file of a subject, out of the examples its columns carry."""

from __future__ import annotations

import csv
import io

from zhihuan.evaluation.columns import Column, Layout

__all__ = ["template_text"]


def template_text(layout: Layout) -> str:
    """CSV text: the header with units, as many rows as the longest example; a column without an
    example is left out, and a shorter one repeats its last value."""
    columns = [column for column in layout.columns if column.example]
    size = max(len(column.example) for column in columns)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(column.header for column in columns)
    writer.writerows([_example(column, place) for column in columns] for place in range(size))
    return text.getvalue()


def _example(column: Column, place: int) -> str:
    return column.example[min(place, len(column.example) - 1)]
