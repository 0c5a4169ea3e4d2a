"""What a figure of the bureau is (指标), where its acts are kept, and how it is reckoned.

A line declares its figures (``lines/*/indicators.py``) with the parts of ``declaration`` and registers them in
the ``catalogue``; nothing here knows a line. Every figure is a count, a sum or a mean of rows of ``CountedAct``, each of
which is one step of one matter, so that every figure opens into what it counts. It sets no targets and writes no report.
"""
