"""The file of one enterprise (一企一档): one page, the same as JSON, and both as of any past day."""
