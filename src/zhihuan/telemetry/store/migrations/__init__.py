"""The schema's history, one file a change: ``NNNN_what_changes.py``, each with ``MIGRATION``.

A file's docstring tells the operator what they will live through: how long, what is blocked, how
much disk. Files are never edited once released; a new wish is a new file.
"""
