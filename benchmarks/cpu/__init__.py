"""What a unit, a long list, a nation's unit and the whole sample cost in CPU, of this checkout and of another one beside it."""
