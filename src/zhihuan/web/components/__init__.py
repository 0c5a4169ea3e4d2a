"""The parts pages are made of: what each template in ``templates/components/`` must be given.

A part that needs only strings has its whole contract in its template's first comment; one that
needs more has a frozen dataclass here. They hold what is shown and decide nothing.
"""
