"""kill -9 at random instants under load: what was acknowledged is there, and nothing twice."""
import collections
import http.client
import threading
import time
import unittest

from hearing import REGION, ROUND, must, open_round, submit
from scale import LONG, scaled, seeded
from site_under_test import Site, admin, new_id, wait_until

CODES = ["101", "147", "151", "153", "155", "157", "159", "161", "163", "165"]
CLIENTS = 4


class Client(threading.Thread):
    """Submits one answer after the other to municipalities of its own and repeats each, with its
    request id, until it is acknowledged: what a careful client does when a site goes away."""

    def __init__(self, site, codes):
        super().__init__(daemon=True)
        self.site = site
        self.codes = codes
        self.acknowledged = collections.Counter()
        self.texts = collections.defaultdict(list)
        self.stopping = threading.Event()
        self.refused = None

    def run(self):
        number = 0
        while not self.stopping.is_set() and self.refused is None:
            code = self.codes[number % len(self.codes)]
            self._submit_until_acknowledged(code, f"Svar nummer {number} fra {code}")
            number += 1

    def _submit_until_acknowledged(self, code, text):
        request_id = new_id()
        while True:
            try:
                reply = submit(self.site, code, text, request_id)
            except (OSError, http.client.HTTPException):
                time.sleep(0.005)  # The site is down; it comes back.
                continue
            if reply.status == 200:
                self.acknowledged[code] += 1
                self.texts[code].append(text)
                return
            if reply.status not in (429, 503, 504):
                self.refused = reply
                return


def texts_of(site, code):
    """The text of every version of the municipality's answer, sorted."""
    latest = must(site.get(f"{ROUND}/answers/{code}"))["version"]
    texts = []
    for version in range(1, latest + 1):
        answer = must(site.get(f"{ROUND}/answers/{code}?version={version}"))
        texts.append(answer["values"][0]["text"])
    return sorted(texts)


class Kill9(unittest.TestCase):
    def test_loses_nothing_that_was_acknowledged_and_does_nothing_twice(self):
        random = seeded("kill9")
        with Site(demo_clock="2013-02-06T08:00:00Z") as site:
            open_round(site)
            clients = [Client(site, CODES[n::CLIENTS]) for n in range(CLIENTS)]
            for client in clients:
                client.start()
            starts = []
            for _ in range(scaled(12, 200)):
                time.sleep(random.uniform(0.0, 0.4))  # The instant of the kill is the test's input.
                site.kill()
                starts.append(site.start())
            before = sum(sum(client.acknowledged.values()) for client in clients)
            wait_until(lambda: sum(sum(c.acknowledged.values()) for c in clients) > before,
                       "answers are taken again after the last kill")
            for client in clients:
                client.stopping.set()
            for client in clients:
                client.join(timeout=60)
                self.assertFalse(client.is_alive())
                self.assertIsNone(client.refused)
            acknowledged = 0
            for client in clients:
                for code, texts in client.texts.items():
                    self.assertEqual(texts_of(site, code), sorted(texts), code)
                    acknowledged += len(texts)
            self.assertGreater(acknowledged, len(starts))
            print(f"kill9: {len(starts)} kills, {acknowledged} acknowledged, all stored once, "
                  f"slowest start {max(starts):.2f} s", flush=True)
            self.assertEqual(site.stop(), 0)
            code, said = admin("verify", "--data", site.data)
            self.assertEqual(code, 0, said)

    @unittest.skipUnless(LONG, "100,000 events take minutes to write: --long")
    def test_is_ready_in_two_seconds_with_100_000_events(self):
        with Site(demo_clock="2013-02-06T08:00:00Z") as site:
            open_round(site)
            clients = [Client(site, CODES[n::8]) for n in range(8)]
            for client in clients:
                client.start()
            wait_until(lambda: sum(sum(c.acknowledged.values()) for c in clients) >= 100_000,
                       "100,000 answers", seconds=900)
            for client in clients:
                client.stopping.set()
            for client in clients:
                client.join(timeout=60)
            site.kill()
            seconds = site.start()
            print(f"kill9: ready {seconds:.2f} s after a kill with 100,000 events", flush=True)
            self.assertLess(seconds, 2.0)
            self.assertEqual(must(site.get(REGION + "/rounds/sundhed-2013"))["state"], "STATE_OPEN")


if __name__ == "__main__":
    unittest.main()
