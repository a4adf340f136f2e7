"""Who is missing: those who left or were never reached, and what that does to figures.

Nobody knows what people who left would have answered. These modules tell how they
differed from those who stayed, and lay figures beside each other that suppose
different things about them. When these agree the supposition hardly matters; when they
do not, a report must say so. `outcomes` lays them side by side.
"""
