"""Ports for servers that are told theirs: nobody listens there, and no other test of this machine
is given the same, also before the server listens or while it is started again."""
import random
import socket

# Below those that connections are given as their own.
FIRST, END, BLOCK = 10_000, 32_000, 200
_claims = []  # Sockets by whose names this process claims blocks; they end with it.
_unused = []  # The ports of the blocks.


def free_port():
    """One of them; never the same twice."""
    while True:
        if not _unused:
            _claim_block()
        port = _unused.pop()
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def _claim_block():
    blocks = list(range(FIRST, END, BLOCK))
    random.shuffle(blocks)
    for first in blocks:
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0kkr-test-ports-{first}")  # Of this network namespace, as the ports are.
        except OSError:
            claim.close()
            continue
        _claims.append(claim)
        _unused.extend(range(first, first + BLOCK))
        random.shuffle(_unused)
        return
    raise AssertionError("other tests have every port")
