"""The pages of people and organisations: the tree, accounts, rights, delegation, certificates, matrix.

Records are declared as nouns and shown by the registry's views. What has rules of its own (granting,
lending, closing) is a page of its own, and the rules are in ``bureau.people``.
"""
