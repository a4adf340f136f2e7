"""Change within a group: the same people before and after, without a comparison.

What these figures say is *change*, never *effect*: whoever is asked at a low point is
likely to be better off the next time, with or without help, and times change for
everybody. Modules by method; `outcomes` says which belong to which kind of outcome.
"""
