"""Matters (事项): legal procedures as declarations, and what follows from a declaration alone.

A business line declares a ``Procedure``: states, steps, who takes them, clocks, documents. From that
come the checks (``checks``), the diagram (``layout``), the BPMN 2.0 file (``bpmn``), the table of time
limits (``time_table``) and the rights (``rights``). The engine that carries matters through their
steps in the database is not built yet.
"""
