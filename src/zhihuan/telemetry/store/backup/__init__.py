"""A store as files, and a store out of such files: what a backup keeps and a restore brings back.

``snapshot`` fixes an embedded store's state while another process writes to it; ``slices`` says into
which files a store falls (a table, a kind, a day) and which of them changed; ``slice_rows`` reads one,
``slice_file`` keeps one as Parquet; ``saving`` and ``loading`` do all of them; ``counts`` proves that
what was brought back is what was kept. The files know nothing of engines: what was saved from chDB can
be loaded into a cluster, and the other way round.
"""
