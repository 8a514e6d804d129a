"""A household's facts: what may come in, and everything that is wrong with what came.

In: a mapping, or a JSON or YAML text, under Chinese or code names; and the program it is for.
Out: `evaluate.facts.Facts`, whole numbers in the program's order, or every fault at once (D50xx), each with its path.
`schema` says the same as a JSON Schema.

What differs from the text: units are known, money is in fen, names are settled.
What is never true afterwards: a fact that is missing without a declared default, a value outside its range, a float.
"""
