"""The journal of the embedded engine: rows are safe here before the engine has them.

``record`` is the form on disk, ``segments`` the files, ``backlog`` what is written but not yet
applied. ``store.journaled`` puts them in front of chDB.
"""
