"""How a point did quarter by quarter, by what its devices sent and the limits it is judged by."""
