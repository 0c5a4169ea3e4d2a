"""Everything that ever happened somewhere, whoever wrote it down, in one order.

A matter that has something to tell registers a ``Source``; pages ask ``happenings`` and know no matter.
"""
