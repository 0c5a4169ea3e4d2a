"""Business lines (业务条线): a folder each, alike inside, strangers to one another.

A line declares what the law asks (``procedure.py``), what is kept (``models.py``), what is asked of people
(``forms.py``) and its own judgements (``rules.py``); pages, inbox, clocks, documents and rights come from
that. How to write one: ``docs/write-a-business-line.md``.
"""
