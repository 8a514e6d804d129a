"""What policy staff use to keep a policy right.

In: a scheme in core form and the programs of its regimes.
Out: answers about the policy itself, not about a household: `timeline` says what changed when.

What differs from the core: a program is one day's; here days stand beside each other.
"""
