"""A backup taken while the site is written to, restored into an empty folder."""
import os
import shutil
import tempfile
import threading
import unittest

from hearing import REGION, ROUND, must, open_round, submit
from site_under_test import Site, admin

CLOCK = "2013-02-06T08:00:00Z"


class Load(threading.Thread):
    """Writes to registry and consultation until told to stop."""

    def __init__(self, site):
        super().__init__(daemon=True)
        self.site = site
        self.stopping = threading.Event()
        self.written = 0

    def run(self):
        while not self.stopping.is_set():
            must(self.site.create("/v1/persons", {"givenName": "Eksempel",
                                                  "familyName": f"Nummer {self.written}"}))
            must(self.site.create(REGION + "/papers", {"title": f"Papir {self.written}",
                                                       "area": "somatik"}))
            self.written += 1


class Backup(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="kkr-backup-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def test_under_load_restores_to_a_site_that_verifies_and_shows_the_same_collection(self):
        backup = os.path.join(self.folder, "backup")
        restored = os.path.join(self.folder, "restored")
        with Site(demo_clock=CLOCK) as site:
            open_round(site)
            for code in ("101", "165", "400"):
                must(submit(site, code, f"Svar fra {code}"))
            must(site.post(ROUND + ":close", {}))
            made = must(site.post(ROUND + "/collections", {"outcomeNote": "Vedtaget"}))
            collection = must(site.get("/v1/" + made["name"]))
            load = Load(site)
            load.start()
            code, said = admin("backup", backup, "--data", site.data)
            self.assertEqual(code, 0, said)
            load.stopping.set()
            load.join(timeout=60)
            self.assertGreater(load.written, 0)

        code, said = admin("restore", backup, "--data", restored)
        self.assertEqual(code, 0, said)
        code, said = admin("verify", "--data", restored)
        self.assertEqual(code, 0, said)
        with Site(data=restored) as site:
            shown = must(site.get("/v1/" + collection["name"]))
            self.assertEqual(shown, collection)
            must(site.create(REGION + "/papers", {"title": "Efter genskabelse",
                                                  "area": "somatik"}))

    def test_restore_refuses_a_folder_that_is_not_empty(self):
        backup = os.path.join(self.folder, "backup")
        with Site(demo_clock=CLOCK) as site:
            code, said = admin("backup", backup, "--data", site.data)
            self.assertEqual(code, 0, said)
        code, said = admin("restore", backup, "--data", self.folder)
        self.assertNotEqual(code, 0)
        self.assertIn("empty", said)


if __name__ == "__main__":
    unittest.main()
