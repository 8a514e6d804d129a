"""A decision written for a person: one trace, three audiences, two tongues, five forms.

In: an `Account`. Out: a `Notice`, sections of lines and tables without markup, and from it text, Markdown, HTML or
PDF. Everything that is said comes from the trace and from the policy's own sentences; what is said of a kind of block
is a template of a tongue.
"""
