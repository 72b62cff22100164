"""What the site draws itself: the cloth of the hero, its edge, portraits. Pure functions, no Django.

Everything is woven from the bits of real words in UTF-8, so that anyone can check it: a 1 lifts the
warp (a vertical thread), a 0 lifts the weft (a horizontal one).
"""
