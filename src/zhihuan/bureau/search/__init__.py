"""Finding records by what somebody remembers of them: a name or two characters of it, its pinyin
initials, a code, an MN, a street.

A model says once what of it is searched (``SEARCH``, beside ``SCOPE``); its entries are kept in the
transaction of the record itself. Whoever asks is answered from within their scope, down to the
number of hits. It refuses to guess: no spelling is corrected, no meaning is sought. See
``docs/search.md``.
"""
