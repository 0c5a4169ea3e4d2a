"""Exceedance as records: episodes, the discharger's marks, and the ladder from notice to clue.

``rounds`` judges what arrived; ``supervision.exceedance`` decides what exceeds; ``rungs`` decides who has
the next move; ``acting`` is what people do. It refuses to find a violation: what is proved is found in
a clue and its case.
"""
