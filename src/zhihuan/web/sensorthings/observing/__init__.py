"""Observations as the store has them: which series are meant, and the rows at the edge of a span.

No row has an id of its own; a Datastream and a time name it (``'1234-1780243200'``). Pages go on after
the last row of the page before (keyset), never by counting rows to leave out.
"""
