"""The pictures of an evaluation, one module a chart.

A chart takes its words and figures in a small dataclass and gives a `Picture`; `grid`
gives the same figures for the table beside it. A figure that is None was withheld: it
is hatched and said, never drawn as zero.
"""
