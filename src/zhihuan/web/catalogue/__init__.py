"""The living catalogue: every component with its states, its contract, keyboard notes and code.

One example file a component in ``examples/``; what is shown is what the code beside it renders.
"""
