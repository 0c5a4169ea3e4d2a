"""Figures of the bureau for programs: those of a period, one told apart, and the acts it counts."""
