"""A trace to an account, an account to words.

In: the trace of one household's evaluation.
Out: `account.Account`, the steps that a person can follow with their articles, and its text or JSON.

`account` decides what is told and in what order, without a sentence;
`words_zh` has one sentence per kind of step; `notice` lays them out, `data` and `result` give them to other systems.
What is never true afterwards: a figure without the step that made it,
a step of a block without its articles or the note that none is cited.
"""
