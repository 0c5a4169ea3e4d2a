"""What a phone sends from the field: kept once, applied in the phone's order, never lost to a conflict.

An officer fills in steps of matters without a network; the phone sends them when there is one again,
perhaps twice, cut in the middle, in any order. A record is received first and judged afterwards: the
matters' engine takes the step or says why not, and a record it refused stays until its author decides.
"""
