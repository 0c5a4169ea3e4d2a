"""The vault (证据库): files kept by their content, and the evidence of matters that rests on them.

A file is kept once, under its SHA-256, and never changed; what came with it (name, by whom, when,
from where) stands in the database. Nothing comes in unchecked (``kinds``), what is refused is set
apart with the reason (``refusing``). It knows nothing of pages.
"""
