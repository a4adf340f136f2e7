"""How good is the questionnaire? Before its answers are believed.

Whether the items of a scale measure one thing, who does not answer and why, whether
answers crowd at an end of the scale, and whether it matters how, in which language and
with whose help people were asked.
"""
