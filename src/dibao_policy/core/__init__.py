"""The checked program of one date: what an evaluator computes, and nothing it need not know.

In: a `Scheme` and a day.
Out: an `ir.Program`, typed and in order of computation, its exact integer form, and the problems of both (D30xx).

What differs from the scheme: sugar is gone (a block is now rules of ten kinds of node), but each rule
remembers the block that it came from (`Origin`), so that an explanation can still say it;
every parameter is a table of the values in force, every name a reference that is known to hold.
What is never true afterwards: a value without a type, a divisor that could be zero,
an integer that could leave 64 bits.
"""
