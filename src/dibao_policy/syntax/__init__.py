"""Text to syntax tree: what the author wrote, node for node.

In: a `Source`, one `.dibao` file.
Out: a `tree.File` and every problem of its text (D10xx).

`scan` turns the text into words, figures and signs, whatever the width they were typed in.
`arrange` decides which words are keywords and cuts the text into blocks.
`parse` runs Lark's LALR parser (`rules.lark`, the reference of the language) over each block.
`format` goes the other way: the words of a text, comments included, in the canonical form.

What differs from the text: comments, spacing and the choice between Chinese and English keywords are gone.
What is never true afterwards: a node without a span, a tree deeper than `NESTING_LIMIT`.
Names are not yet looked up and nothing is typed.
"""
