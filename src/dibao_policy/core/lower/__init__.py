"""Written rules to core rules: one file per block kind, and one for expressions.

Each block becomes one or more `ir.Rule`s that remember the block in their `Origin`.
Nothing after this folder knows a block kind.
"""
