"""Everything that can go wrong with a device, on purpose and written down.

``data`` faults falsify what is measured; ``wire`` faults damage how it travels; ``truth`` keeps the
record of both, which is the answer sheet for whatever has to find them.
"""
