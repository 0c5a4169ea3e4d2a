"""Pages of figures (执法统计): the figures of a period beside those of the year before, told apart, and the acts each counts."""
