"""Two replicas of every service and two gateways: what a read shows, and where a call is carried
out, whichever process it comes to."""
import contextlib
import unittest

from cluster_site import ClusterSite
from hearing import REGION, must, open_round
from notices import advance, appoint, sends
from site_under_test import Site, new_id, wait_until

BEGINNING = "2013-01-23T08:00:00+01:00"
PAPERS = REGION + "/papers"
ROUNDS = 15  # Of writing and reading; each read comes to any replica.


class Through:
    """The same site as seen through another gateway."""

    def __init__(self, port):
        self.port = port

    def __enter__(self):
        self.site = Site.__new__(Site)
        Site.__init__(self.site, data="/nonexistent")
        self.site.port = self.port
        return self.site

    def __exit__(self, *_):
        self.site._close_connection()


class Replicas(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = contextlib.ExitStack()
        cls.site = cls.stack.enter_context(
            ClusterSite(demo_clock=BEGINNING, replicas=2, gateways=2))
        cls.other = cls.stack.enter_context(Through(cls.site.ports[1]))

    @classmethod
    def tearDownClass(cls):
        cls.stack.close()

    def paper(self, site=None):
        """A new one; where it is found, and the position that it was told with."""
        reply = (site or self.site).create(PAPERS, {"title": "Rammepapir", "area": "somatik"})
        return "/v1/" + must(reply)["name"], reply.headers["kkr-position"]

    def test_a_client_reads_its_own_writes(self):
        for _ in range(ROUNDS):
            path, _ = self.paper()
            for _ in range(2):  # In turn at both replicas.
                must(self.site.get(path))

    def test_a_client_reads_them_through_another_gateway_by_the_position_it_was_told(self):
        for _ in range(ROUNDS):
            path, position = self.paper()
            for wanted in (position, "newest"):
                for _ in range(2):
                    must(self.other.get(path, headers={"KKR-Min-Position": wanted}))

    def test_a_service_goes_by_what_another_one_holds_now(self):
        """Consultation asks the registry whether there is such a region."""
        for number in range(ROUNDS):
            region = f"region-{number}"
            must(self.site.create("/v1/regions", {"displayName": "En region",
                                                  "officialName": "Region Et Sted",
                                                  "fromDate": "2013-01-01"}, regionId=region))
            must(self.site.create(f"/v1/regions/{region}/papers",
                                  {"title": "Rammepapir", "area": "somatik"}))

    def test_the_clock_is_moved_by_whichever_replica_is_asked(self):
        for hour, replica in ((12, 1), (13, 2), (14, 1)):
            with self.site.gateway_to(replica) as port, Through(port) as gateway:
                instant = f"2013-02-06T{hour:02}:00:00Z"
                moved = must(gateway.post("/v1/clock:advance", {"to": instant},
                                          request_id=new_id()))
                self.assertEqual(moved["now"], instant)
                for _ in range(2):
                    self.assertEqual(must(self.site.get("/v1/clock"))["now"], instant)
        self.assertIn(self.site.leader("registry", "danmark"), ("registry-1", "registry-2"))

    def test_a_mail_is_tried_again_whichever_replica_is_asked(self):
        """The sender is with one of them, and the clock, on which it waits, stands still."""
        advance(self.site, "2013-02-06T08:00:00Z")
        open_round(self.site)
        advance(self.site, "2013-02-06T10:00:00Z")

        def state_of(code):
            return {send["municipality"]: send for send in sends(self.site)}[code]

        for replica, code in ((1, "165"), (2, "167")):
            failed = state_of(code)
            self.assertEqual(failed["state"], "STATE_FAILED")
            appoint(self.site, code)
            with self.site.gateway_to(replica) as port, Through(port) as gateway:
                must(gateway.request("POST", "/v1/" + failed["name"] + ":retry", body=b"{}",
                                     headers={"Content-Type": "application/json",
                                              "KKR-Actor": "secretariat"}))
            wait_until(lambda code=code: state_of(code)["state"] == "STATE_SENT",
                       f"the mail to {code} is sent", 5)


if __name__ == "__main__":
    unittest.main()
