"""Our own hours and days beside the device's: minute → hour → day, by dated validity rules.

The arithmetic (``members``, ``grouping``, ``means``, ``marks``, ``aggregate``, ``amounts``,
``noise_levels``, ``mismatch``) takes arrays and returns arrays and touches nothing. ``job`` reads
the store, calls the arithmetic for many devices at once and writes what it found.

It refuses to make minutes of real-time values (annex D of HJ 212-2017 wants samples of five
seconds, which never leave the device), to substitute missing values, and to overwrite anything a
device sent.
"""
