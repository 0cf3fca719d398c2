"""How long things take, as ratios measured in one run: `python -m tests.benchmarks`, or `make bench`.

Nothing here fails for being slow; a page whose number of queries grows with its rows does fail.
"""
