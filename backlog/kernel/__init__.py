"""What every room stands on: database, clock, money, codes, order, refusals, language."""
