"""Pictures: what was computed, drawn.

In: a `Curve` (lawcraft/curve_model.py), exact amounts in yuan.
Out: the text of an SVG picture; PNG bytes from it, with the extra `notice`.
What differs: amounts become places on paper, to a hundredth of a point; nothing is computed from a picture.
"""
