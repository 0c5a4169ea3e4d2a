"""Every change of the registry: who, when, why, what; and its undoing, looked at before it is done."""
