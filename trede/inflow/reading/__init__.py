"""Reading a target list: from the bytes of a file to people, with nothing lost.

`check.check_list` is the way in. Whatever cannot be read is named with its row, its
column, its value and the reason; nothing is guessed without saying so.
"""
