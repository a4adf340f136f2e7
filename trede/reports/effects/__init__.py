"""From an analysis (codes and numbers) to the pages that tell it in words.

What comes in is plain data, as the command line writes it; nothing is estimated here.
"""
