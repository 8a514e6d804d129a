"""The command `dibao`: policies checked, households evaluated and explained, from a terminal.

In: folders and files. Out: text or JSON on standard output, problems on standard error.
Exit codes: 0 fine, 1 problems, 2 usage.
"""
