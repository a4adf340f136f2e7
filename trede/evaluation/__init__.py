"""The science of Trede: tables in, frozen results out.

Nothing here knows Django, a clock, a language or a database. Figures come back as
codes and numbers; whoever prints them finds the words. The parts of this step are
the input contract (`dataset`), the descriptive tables (`tables`, `claims`) and what
may leave the building (`disclosure`).
"""
