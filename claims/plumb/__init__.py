"""What evidence weighs, what it makes of a base rate, where it hangs, and which claims it tells apart.

Arithmetic that knows no Django; docs/methods.md says where each formula is from.
"""
