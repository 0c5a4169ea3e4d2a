"""One module a subject; a module that defines ``SUBJECT`` is found by its name."""
