"""A new jurisdiction: from a few answers to the texts of its folder.

In: `Answers`, as a policy officer gives them: names, districts, the standard and where it comes from.
Out: the `PolicyText` of a folder that passes every check and decides on households at once,
with remarks on what to edit first; or every problem of the answers.

What differs from the answers: each is a place in a text of the language. The two `.dibao` files here
are such texts with gaps, `⟨name⟩`: one stands alone, the other inherits what national rules say of
income. What no source was given for is marked 未核实, as everywhere.

Files, in the order of the work:
    answers.py   what was answered, and what is wrong with it
    texts.py     the texts with their gaps filled
    establish.py both, and the check of the policy that comes out
    problems.py  D6004 to D6006, with their words
"""
