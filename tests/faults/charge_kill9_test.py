"""kill -9 while a year is charged, then two clients who repeat it at once: 29 invoices, once."""
import contextlib
import http.client
import os
import shutil
import sqlite3
import tempfile
import threading
import time
import unittest

from charging import CLOCK, balance_is_zero, invoices_of
from financing import AGREEMENT, agree, approve_budget, name_recipients
from hearing import must
from scale import scaled, seeded
from site_under_test import Site, admin, new_id

RUN = f"{AGREEMENT}/charges/2013-annual:run"


class Runner(threading.Thread):
    """Asks for the charge until somebody answers that it has been run."""

    def __init__(self, site, request_id):
        super().__init__(daemon=True)
        self.site = site
        self.request_id = request_id
        self.reply = None

    def run(self):
        while self.reply is None:
            try:
                reply = self.site.post(RUN, {}, request_id=self.request_id)
            except (OSError, http.client.HTTPException):
                time.sleep(0.002)  # The site is down; it comes back.
                continue
            if reply.status not in (429, 503, 504):
                self.reply = reply


def events_of(data, service, region):
    """How many events of each type stand in a stopped site's log."""
    for folder, _, names in os.walk(data):
        for name in names:
            path = os.path.join(folder, name)
            if service in path and region in path and name.endswith((".db", ".sqlite")):
                with contextlib.closing(sqlite3.connect(path)) as log:
                    return dict(log.execute("SELECT type, count(*) FROM events GROUP BY type"))
    raise AssertionError(f"no log of {service}/{region} below {data}")


class ChargeKill9(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="kkr-charge-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        cls.ready = os.path.join(cls.folder, "ready")
        with Site(data=cls.ready, demo_clock=CLOCK) as site:
            agree(site)
            name_recipients(site)
            approve_budget(site)
            must(site.post(f"{AGREEMENT}/budgets/2013/splits", {}))
            site.stop()

    @contextlib.contextmanager
    def site_that_is_ready_to_charge(self, name):
        data = os.path.join(self.folder, name)
        shutil.copytree(self.ready, data)
        with Site(data=data, demo_clock=CLOCK) as site:
            yield site
        shutil.rmtree(data)

    def seconds_of_a_charge(self):
        with self.site_that_is_ready_to_charge("measured") as site:
            must(site.get(AGREEMENT))
            began = time.monotonic()
            must(site.post(RUN, {}))
            return time.monotonic() - began

    def charged_once(self, site):
        """The 29 invoices as every client sees them, and as the log holds them."""
        invoices = sorted(invoices_of(site).values(), key=lambda one: one["number"])
        self.assertEqual([one["number"] for one in invoices],
                         [f"165-2013-{number:04}" for number in range(1, 30)])
        self.assertEqual(len({one["buyer"]["code"] for one in invoices}), 29)
        self.assertEqual(len(must(site.get(f"{AGREEMENT}/charges/2013-annual"))["invoices"]), 29)
        balance_is_zero(self, site)
        self.assertEqual(site.stop(), 0)
        events = events_of(site.data, "financing", "hovedstaden")
        self.assertEqual((events["charge_run"], events["invoice_issued"]), (1, 29))
        code, said = admin("verify", "--data", site.data)
        self.assertEqual(code, 0, said)

    def test_issues_29_invoices_whenever_it_is_killed_and_whoever_repeats_it(self):
        random = seeded("charge_kill9")
        longest = 1.5 * self.seconds_of_a_charge()
        kills = scaled(8, 100)
        charged_before = 0
        for kill in range(kills):
            with self.site_that_is_ready_to_charge(f"kill-{kill}") as site:
                first = Runner(site, new_id())
                first.start()
                time.sleep(random.uniform(0.0, longest))  # The instant is the test's input.
                site.kill()
                site.start()
                charged_before += len(invoices_of(site)) > 0
                others = [Runner(site, new_id()), Runner(site, first.request_id)]
                for other in others:
                    other.start()
                for runner in (first, *others):
                    runner.join(timeout=60)
                    self.assertEqual(len(must(runner.reply)["invoices"]), 29)
                self.charged_once(site)
        print(f"charge_kill9: {kills} kills within {1000 * longest:.0f} ms, {charged_before} after "
              "the charge was durable, each charged once", flush=True)


if __name__ == "__main__":
    unittest.main()
