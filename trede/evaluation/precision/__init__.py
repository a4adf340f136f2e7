"""How precise can it be: before anybody is asked, or beside what it cost.

What change can be seen with the people there are, how many people a wished change
needs, what unequal caseloads take away from that, and time and money beside the steps
that were made.
"""
