"""Inspection beyond the generic pages of matters: draws in public, what the registry states beside a visit, its
records as a sheet to print. The forms themselves are those of ``web.matters`` and, without a network, ``web.offline``."""
