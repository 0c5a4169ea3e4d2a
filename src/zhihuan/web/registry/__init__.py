"""The registry's pages: lists, records, their forms, the file of each enterprise, changes, to-dos.

What is registered is declared noun by noun (``nouns/``); one set of views shows them all. Nothing here
writes a record but through ``bureau.history.changing``, so every change has its author and its reason.
"""
