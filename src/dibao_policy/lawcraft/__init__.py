"""What policy staff use to keep a policy right, and cases in step with it.

In: a policy in core form, the programs of its regimes, what they state of procedures, funds and properties.
Out: answers about the policy itself, not about a household: what changed when (`timeline`), by when a step
is due, who pays which part of an amount, whether what the policy says of its results holds for households
drawn at random, whether its cases come out (`cases`), what of it they put to use (`coverage`) and which slips
they would notice (`mutate`). And of one case over time: what was due month by month against what was paid
(`arrears`), how its record stands against the procedure (`record`), what one fact would change (`what_if`),
and why two decisions on it differ (`compare`).

What differs from the core: a program is one day's and computes; here days stand beside each other,
and the program is what is looked at.
"""
