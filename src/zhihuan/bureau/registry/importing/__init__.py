"""Registry records from Excel and CSV files: read, check, preview, apply, undo.

    plan = make_plan(SHEETS["enterprise"], read_table(content), user)
    plan.problems        # what is wrong, row by row, and how to mend it
    apply_plan(plan, user, source="企业.xlsx")

A row with a problem is never applied and never lost: the file is kept, its faulty rows can be taken
out as a file of their own, mended and given again. A file is data: nothing in it is executed.
"""
