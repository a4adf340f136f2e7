"""Synthesis over pilots: what several pilots together say, without sharing people.

Each pilot hands over a summary that gives nobody away (`summaries`, `exchange`). Only
like is laid with like (`likeness`); how far the pilots differ is told as plainly as
what they have in common. Modules by method; `outcomes` says what belongs together.
"""
