"""The alarm desk: episodes of exceedance for the bureau, and an enterprise's own with its answers and marks."""
