"""Data quality (数据质量待办): what in the registry is doubtful, and how to mend it.

Each check is declared in a file of its own (``checks/``) and finds its records with one question to the
database, or with arrays where geometry or arithmetic decides. Findings are never stored: what is mended is
off the list at once.
"""
