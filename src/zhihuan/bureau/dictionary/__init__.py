"""The data dictionary: what every field of every table means, and that nothing is typed twice.

Types, code tables and names are read from the models themselves; what a model cannot say (meaning, unit,
source, whether it is personal data) is declared in ``meanings/<app>.yaml``. Fields of several models that
are named or told alike are listed in ``alike.yaml``, each with what it is there for. Tests refuse a field
without a meaning, and likeness that nobody explained.

Meanings are content of the bureau's field, in Chinese as its standards are; only headings are translated.
"""
