"""Every declared procedure on pages: list, matter, form, diagram, time limits, statistics.

Nothing here knows a line: what a page shows comes from the declaration, and what other rooms have of
a matter (documents, evidence) they register as parts.
"""
