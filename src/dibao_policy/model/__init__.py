"""A policy as understood: several files and layers become one scheme of named, dated things.

In: the syntax trees and dated parameters of a policy folder and of those it inherits from.
Out: a `scheme.Scheme` and the problems of names, layers and citations (D20xx).

What differs from the trees: every declaration knows its layer, every citation its document,
and one name means one thing, under its Chinese and its code name alike.
Expressions are still as written; what they mean is settled in `core`.
"""
