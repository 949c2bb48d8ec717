"""The demo of the main job, played from outside against a cluster."""
import subprocess
import unittest

from cluster_site import ClusterSite
from site_under_test import KKR

BEGINNING = "2013-01-23T08:00:00+01:00"


class Demo(unittest.TestCase):
    def test_plays_the_hearing_against_a_cluster(self):
        with ClusterSite(demo_clock=BEGINNING) as site:
            done = subprocess.run([KKR, "demo", f"--at=127.0.0.1:{site.port}"], check=False,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)
            said = done.stdout.decode("utf-8", "replace")
            self.assertEqual(done.returncode, 0, said[-3000:] + site.log())
            self.assertIn("29", said)


if __name__ == "__main__":
    unittest.main()
