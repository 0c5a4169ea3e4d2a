"""Documents (文书) of matters: templates, numbers, service, publication copies, files, their self-check.

A procedure declares which document a step makes, by which template, with which rule of numbers
(``matters.declaration.Document``). From that follow: the document itself, made in the step's own
transaction (``making``); its number, without a gap (``numbers``); receipts of service (``serving``); the
copy that may be published (``redaction``, ``publication``); the file with its catalogue and bundle
(``catalogue``, ``bundle``); and what does not agree within a file (``consistency``).

It refuses to write law: what a document says is its template's business, and the line's.
"""
