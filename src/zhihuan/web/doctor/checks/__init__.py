"""The checks, one file each: a function ``look`` that takes the patient and yields diagnoses."""
