"""Files of measurements judged by the standards: files → columns → judgement → table, JSON, Excel.

    evaluation = Evaluation.of(subject("air"), Path("hours.csv"), Asked())
    for judged in evaluation.pieces():
        print(judged.columns["AQI"])

``columns`` says what a file may hold (as data), ``reading`` reads it piece by piece, ``subjects/``
holds one module a subject that calls the functions of ``zhihuan.standards``, ``writers/`` one a form of
output. It decides nothing itself: limits, editions and reasons come from the standards. It refuses
rows it cannot read, each with its row and how to mend it, and never repairs one.
"""

from zhihuan.evaluation.errors import AskedError, EvaluationError, FileRefusedError
from zhihuan.evaluation.evaluating import Evaluation
from zhihuan.evaluation.subject import Asked, Judged, Subject, subject, subject_names

__all__ = [
    "Asked",
    "AskedError",
    "Evaluation",
    "EvaluationError",
    "FileRefusedError",
    "Judged",
    "Subject",
    "subject",
    "subject_names",
]
