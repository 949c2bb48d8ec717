"""A site that is told to stop under load: every request that it took is answered, what it answered
is there afterwards, and it ends by itself."""
import http.client
import threading
import unittest

from site_under_test import Site, wait_until

CLIENTS = 8


class Client(threading.Thread):
    """Creates papers, one after the other, until the site takes no more connections."""

    def __init__(self, site, number):
        super().__init__()
        self.site = site
        self.number = number
        self.acknowledged = []
        self.faults = []

    def run(self):
        while True:
            title = f"Rammepapir {self.number}-{len(self.acknowledged)}"
            try:
                reply = self.site.create("/v1/regions/hovedstaden/papers",
                                         {"title": title, "area": "somatik"})
            except ConnectionRefusedError:
                return
            except (OSError, http.client.HTTPException) as fault:
                self.faults.append(f"{title}: {fault!r}")
                return
            if reply.status != 200:
                self.faults.append(f"{title}: {reply}")
                return
            self.acknowledged.append(reply.json["name"])


class Drain(unittest.TestCase):
    def test_fails_no_request_and_loses_no_answer(self):
        with Site() as site:
            clients = [Client(site, number) for number in range(CLIENTS)]
            for client in clients:
                client.start()
            wait_until(lambda: all(len(client.acknowledged) >= 20 for client in clients),
                       "every client has papers")
            self.assertEqual(site.stop(), 0)
            for client in clients:
                client.join()
            self.assertEqual([fault for client in clients for fault in client.faults], [])

            site.start()
            kept = set()
            token = ""
            while True:
                page = site.get("/v1/regions/hovedstaden/papers?pageSize=1000&pageToken=" + token)
                kept.update(paper["name"] for paper in page.json["papers"])
                token = page.json["nextPageToken"]
                if not token:
                    break
            acknowledged = {name for client in clients for name in client.acknowledged}
            self.assertEqual(acknowledged - kept, set())
            self.assertEqual(len(acknowledged), sum(len(each.acknowledged) for each in clients))

    def test_says_that_it_is_stopping_and_takes_its_address_away(self):
        with Site() as site:
            self.assertEqual(site.get("/readyz").status, 200)
            self.assertEqual(site.stop(), 0)
            self.assertIn('"message":"stopping"', site.log())
            self.assertIn('"message":"stopped"', site.log())
            with self.assertRaises(FileNotFoundError):
                open(f"{site.data}/site.json", encoding="utf-8").close()


if __name__ == "__main__":
    unittest.main()
