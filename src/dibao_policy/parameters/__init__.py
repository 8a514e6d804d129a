"""Parameters: the dated numbers of a policy, read from YAML.

In: one `Source` of YAML text, written by hand by people who keep a city's standards.
Out: `Series`, one per parameter, each a run of dated `Entry`s in ascending order,
whose numbers are exact and whose every part knows its place in the text.

What differs from the text:
- nothing is guessed: a scalar is its characters, never YAML's idea of a float or a time of day;
- both spellings of a key (`自`, `since`) have become one field;
- a percentage is a number (`20%` is 1/5) that remembers how it was written;
- dates are days, in order, without gap or overlap, or there is a problem that says where.

What is not known yet: whether the policy's rules declare such a parameter, in which unit and by
which enum. The model brings that as `Declared`, and `check_series` then compares the two.

A part that could not be read leaves `whole=False` behind, so that one mistake gives one problem.

Files, in the order of the work:
    nodes.py     YAML text to nodes with places; everything hostile ends here
    amounts.py   the text of a number, with its percent sign or unit
    fields.py    one mapping: its keys in either spelling, the scalars behind them
    read.py      nodes to series
    series.py    the series, what is in force on a day, gaps and overlaps
    check.py     what the declaration says against a series
    changes.py   whether a step from one number to the next needs a reason
    problems.py, series_problems.py   D15xx, with their words
"""
