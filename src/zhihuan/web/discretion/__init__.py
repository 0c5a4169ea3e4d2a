"""The pages of discretion: find the case type, answer its factors, see the fine with every step."""
