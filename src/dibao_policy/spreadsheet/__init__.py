"""The parameters of a policy as a workbook that is edited and brought back.

In: the texts of a policy, and the cells of a workbook as text.
Out: one sheet for each parameter; or the parameter files with the edited numbers and the new entries,
every other character as it was.

Files, in the order of the work:
    grid.py      the parameters as sheets of texts
    workbook.py  sheets to and from a file of the kind xlsx; the one place that knows openpyxl
    compare.py   what was edited in the sheets, and what must not have been
    bring_in.py  the edits in the texts, and whether the policy then still passes
    problems.py  D1570 and on, with their words
"""
