"""How hard the fault tests try: numbers for every run, and the full ones for `./test.sh --long`."""
import os
import random
import time

LONG = os.environ.get("KKR_LONG") == "1"


def scaled(usual, full):
    """`full` with --long, else `usual`."""
    return full if LONG else usual


def seeded(name):
    """A generator whose seed is printed; KKR_SEED repeats a run."""
    seed = int(os.environ.get("KKR_SEED", time.time_ns() % 1_000_000_007))
    print(f"{name}: KKR_SEED={seed}", flush=True)
    return random.Random(seed)
