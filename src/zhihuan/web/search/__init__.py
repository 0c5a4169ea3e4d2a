"""The search box of the header, its suggestions and its page. What is found is decided in
``bureau.search``; here it is shown, each kind of record in its own words (``HitKind``).
"""
