"""The command pages: ordering, and following an exchange step by step."""
