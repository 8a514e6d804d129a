"""One meaning, several evaluators.

In: an `ir.Program` (or its integer form) and the facts of one household.
Out: the value of every rule.

`interpret` is the definition: it computes with exact fractions, rule by rule, and keeps a trace;
`reliance` reads the trace again for what a case worker judged.
`generate` prints the same program as one plain Python function over integers.
Neither knows the other; that they agree bit for bit is tested on generated policies and households.

Where facts are missing, `unknown` is the same walk over what values can be: `cells` are the missing facts,
`possible` what a value can be and how it moves, `bounds` what each operation makes of it, `turns` where a comparison
turns, `cases` what is known of one result, `decisive` what to ask first.
`nearest` uses the same bounds where nothing is missing: from which value of one fact on a result turns.
It may give bounds that are too wide, and never a value that the interpreter would not give.
"""
