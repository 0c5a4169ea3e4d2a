"""Declared procedures for programs: a list, one matter, its opening and a call for every step."""
