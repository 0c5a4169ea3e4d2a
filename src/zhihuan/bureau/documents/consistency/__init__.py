"""Whether the papers of one file agree with each other, with what was done, and with the law of their day.

Pure: values in, findings out. What it finds is what file reviews find (案卷评查): names and codes that
differ, amounts whose words say another sum, repealed law, orders of time that cannot be, papers that
were never served. It finds nothing about whether a decision is right.
"""
