"""How long until something happens: a first step, a start, leaving.

Not everybody is followed until it happens. Somebody of whom only is known that it had
not happened yet on the last day (*censored*) counts for as long as they were followed;
leaving them out, or calling their last day the event, would make everything look
faster than it is. Modules by method; `outcomes` says which belong together.

All times are whole days since the person's own day 0 (intake, start, lot). Following
starts there for everybody: who comes in later (left-truncation) is not dealt with.
"""
