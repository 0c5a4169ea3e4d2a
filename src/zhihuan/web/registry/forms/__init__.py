"""Forms of the registry: what may be set, how it is asked, what is wrong and how to mend it."""
