"""Matters (事项): legal procedures as declarations, and the engine that carries matters through them.

A business line declares a ``Procedure``: states, steps, who takes them, clocks, documents. From that
come the checks (``checks``), the diagram (``layout``), the BPMN 2.0 file (``bpmn``), the table of time
limits (``time_table``) and the rights (``rights``). ``engine`` opens matters and takes their steps;
whatever else follows a step registers there (``engine.effects``).
"""
