"""Every process is restarted in turn, under load, the gateways too: no request fails. A client
takes the other gateway when one is not there, as whatever stands before them would."""
import signal
import time
import unittest

import hearing
from cluster_site import ClusterSite
from load import Load
from site_under_test import wait_until


class Rolling(unittest.TestCase):
    def test_no_request_fails_while_every_process_is_restarted(self):
        site = self.enterContext(ClusterSite(replicas=2, gateways=2))
        hearing.open_round(site, deadline=hearing.in_days(90))
        with Load(site.ports, per_second=60) as load:
            time.sleep(1)
            for name, member in site.members.items():
                member.signal(signal.SIGTERM)
                self.assertEqual(member.process.wait(30), 0, name)
                member.start()
                wait_until(member.is_ready, f"{name} is back")
                time.sleep(0.5)
        acked = sum(len(ids) for ids in load.acked.values())
        print(f"acked {acked}, tries in vain {load.failures}, turned away {load.turned_away}, "
              f"longest pause {load.longest_pause(min(load.acked_at)):.3f} s")
        self.assertEqual((load.failures, load.refused), ({}, []))
        self.assertGreater(acked, 200)


if __name__ == "__main__":
    unittest.main()
