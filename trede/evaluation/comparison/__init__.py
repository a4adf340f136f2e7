"""Comparison of two groups: who took part beside who waited or was never asked.

Only here may a difference be called an effect, and only when the two groups were alike
to begin with: by lot, or by weights that make them so. Modules by method; `outcomes`
says which belong to which kind of outcome. Every value is a difference, for which 0
means that nothing sets the groups apart; ratios stand among the sizes.
"""
