"""One meaning, several evaluators.

In: an `ir.Program` (or its integer form) and the facts of one household.
Out: the value of every rule.

`interpret` is the definition: it computes with exact fractions, rule by rule, and keeps a trace.
`generate` prints the same program as one plain Python function over integers.
Neither knows the other; that they agree bit for bit is tested on generated policies and households.
"""
