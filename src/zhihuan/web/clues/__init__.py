"""Pages of clues where the generic ones do not do: the pool in its order, merging, the funnel, informants, and what a
clue's own page says first. Registering, judging and all other steps are the pages of any matter.
"""
