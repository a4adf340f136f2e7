"""Published figures: beside one's own, and against themselves.

A report often prints only margins: a share, a mean, how many people. What follows from
those is done here, and what does not is refused. Who was asked for a published figure
were other people, in another year, with other items: never a control group.
"""
