"""Sums kept beside records: a figure over a million records is read from a few thousand rows, and is right at any moment.

Whatever changes a record appends, in its own transaction, a row that says so many more or fewer of one key (``kept``).
What there is is the sum over all rows of a key. Nobody waits for anybody, as somebody would for a counter that everybody
counts up. Now and then rows of one key are put together (``folding``), which moves no sum. A sum can be made anew from
its records and compared with them (``making``); a reader asks whether it was made at all, and counts records until it is.
"""
