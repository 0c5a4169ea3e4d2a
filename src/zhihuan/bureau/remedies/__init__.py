"""Reviews and lawsuits against a decision (行政复议、行政诉讼): declared once, for every procedure whose decisions are contested.

A line says where its matters may be contested, where they stand meanwhile, and where each outcome leads; steps, forms, limits
and what the events tell are here. Source: 行政复议法; 行政诉讼法 §§45, 46; 行政处罚法 §73; 行政强制法 §53.
"""
