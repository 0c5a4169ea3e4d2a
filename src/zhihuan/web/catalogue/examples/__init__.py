"""One example file a component; see ``example.py``. Everything in them is made up."""
