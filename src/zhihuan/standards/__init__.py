"""National standards as pure functions over arrays, with dated parameters.

``parameters`` reads the packaged, dated quantities; ``rounding`` is GB/T 8170; ``data_validity``
says when an hour or a day of automatic data is valid. Nothing here does I/O beyond reading the
package's own tables, and nothing falls back to another edition than the one in force.
"""
