"""The few kinds of files that are taken, each known and checked by its content alone.

One file a kind or family: ``looks`` (whether the first bytes are its own) and ``check`` (everything else,
raising RefusedFileError). Checks are pure: bytes in, facts out.
"""
