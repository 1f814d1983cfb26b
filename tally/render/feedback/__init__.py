"""What goes back to a unit: the words for its findings, its sheets with the faults marked, its answers taken in.

Nothing is imported here: whoever wants the words alone (a unit's page) need not load what writes workbooks.
"""
