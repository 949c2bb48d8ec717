"""A full disk: commands fail with a clear reason, reads go on, and space is enough to recover."""
import os
import shutil
import subprocess
import tempfile
import unittest

from hearing import ROUND, must, open_round, submit
from site_under_test import Site, admin, new_id, wait_until


class Disk:
    """A small file system of its own in memory."""

    def __init__(self, megabytes):
        self.megabytes = megabytes

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="kkr-disk-")
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.megabytes}m", "tmpfs",
                        self.path], check=True)
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", self.path], check=True)
        shutil.rmtree(self.path, ignore_errors=True)

    @property
    def filler(self):
        return os.path.join(self.path, "filler")

    def fill(self):
        """Takes all space there is."""
        with open(self.filler, "ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    pass

    def free(self):
        os.remove(self.filler)


class DiskFull(unittest.TestCase):
    def test_fails_commands_serves_reads_and_recovers_by_itself(self):
        self.assertEqual(os.geteuid(), 0, "mounting a small disk needs root")
        with Disk(megabytes=48) as disk, \
                Site(data=os.path.join(disk.path, "data"),
                     demo_clock="2013-02-06T08:00:00Z") as site:
            open_round(site)
            must(submit(site, "165", "Før disken var fuld"))
            disk.fill()

            refused = []

            def storage_is_full():
                request_id = new_id()
                reply = submit(site, "165", "På en fuld disk " + "x" * 4000, request_id)
                if reply.status == 200:
                    return False
                refused.append(request_id)
                self.assertEqual((reply.status, reply.reason), (503, "STORAGE_FULL"), reply)
                return True

            # The log's own reserve lets some commands in.
            wait_until(storage_is_full, "the disk is full")
            taken = must(site.get(ROUND + "/answers/165"))["version"]
            self.assertEqual(must(site.get(ROUND))["state"], "STATE_OPEN")
            self.assertEqual(site.get("/healthz").status, 200)

            disk.free()
            wait_until(lambda: submit(site, "165", "På en fuld disk " + "x" * 4000,
                                      refused[0]).status == 200, "a command is taken again")
            self.assertEqual(must(site.get(ROUND + "/answers/165"))["version"], taken + 1)
            self.assertEqual(site.stop(), 0)
            code, said = admin("verify", "--data", site.data)
            self.assertEqual(code, 0, said)


if __name__ == "__main__":
    unittest.main()
