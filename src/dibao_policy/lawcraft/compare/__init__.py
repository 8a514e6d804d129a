"""Why two decisions on one household differ: which fact, parameter or rule explains each difference.

In: two evaluators of a day (`policy.Snapshot`), two households whose members go by their 称呼.
Out: for every result its value in both decisions, the difference, and a part for each change that explains some of
it (`decisions`); the parts are exact and add up to the difference, or nothing is told.

`sides` lays the two decisions beside each other, `changes` says in what they differ and what has to change together,
`hybrid` computes the decisions in between, with some of the changes made and others not, and `shares` divides a
difference among the changes. `words` and `data` tell it.

What differs from an account: nothing here explains one decision; only what stands between the two is told.
"""
