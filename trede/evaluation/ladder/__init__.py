"""The Participation Ladder: who stood on which tread, and who stands on which now.

Treads are whole numbers from 1, the lowest; six of them unless told otherwise (local
ladders have five or seven). A tread is an order, not an amount: from 1 to 2 is not as
far as from 4 to 5, so a mean change in treads stands beside the shares that rose,
stayed and fell, never alone.

The coach's tread and the research tread are two measures. Nothing here mixes them: what
goes in is one or the other.
"""
