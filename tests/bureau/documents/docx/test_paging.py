"""Pages are reckoned from the layout: a short letter is one, so many lines are so many pages."""

from __future__ import annotations

import pytest
from word_files import clean_word

from zhihuan.bureau.documents.docx.paging import pages_of


def test_an_empty_sheet_is_one_page():
    assert pages_of(clean_word()) == 1


@pytest.mark.parametrize(("paragraphs", "pages"), [(5, 1), (200, 4)])
def test_more_text_takes_more_pages(paragraphs, pages):
    assert pages_of(clean_word(*["一" * 20] * paragraphs)) in range(pages, pages + 6)


def test_a_long_paragraph_counts_by_its_lines():
    one, many = (pages_of(clean_word("一" * length)) for length in (100, 20_000))
    assert one == 1
    assert many > 10


def test_pages_never_fall_as_text_grows():
    counts = [pages_of(clean_word("一" * length)) for length in range(0, 8000, 500)]
    assert counts == sorted(counts)
