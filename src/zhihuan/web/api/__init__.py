"""The interface for programs: tokens at the door, resources declared as data, errors in words."""
