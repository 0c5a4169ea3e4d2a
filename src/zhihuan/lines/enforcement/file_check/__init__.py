"""What the self-check of a case's file looks for beside the general rules (案卷自检): the findings of file reviews
(案卷评查), each seen by a rule, or told as what only a person sees (``review_points.yaml``)."""
