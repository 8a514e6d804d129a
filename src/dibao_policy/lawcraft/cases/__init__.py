"""The cases of a policy: households with the results that they have to get, and whether they get them.

In: the files of `policies/<code>/cases/` (`folder`, `read`, `table`, `sheet`), and a compiled policy.
Out: cases (`case`), each bound to the program of its day (`bind`), and its outcome (`run`): every difference
between what is expected and what the policy gives (`compare`), told by the steps it rests on (`told`), and
the edits that would make the expected values those of today (`update`).

A case is data and knows no policy: only where it is bound do its names and values get a meaning, so that
one reading serves every regime, and a tool that changes a program runs the same bound cases on it.
"""
