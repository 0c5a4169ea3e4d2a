"""The synthetic city: a made-up Zhongshan whose devices report, and how it is loaded and started.

Place names and outlines are real, everything that stands in them is invented and says so (模拟).
"""
