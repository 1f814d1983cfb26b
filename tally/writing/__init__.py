"""How people write the same thing: one key for a firm, one list of words for nothing, one writing of a number.

The ground floor: cleaning, checks, totals, lists, release and the public edition compare with these and nothing else.
"""
