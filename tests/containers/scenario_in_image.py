"""unittest for scenarios whose `kkr` is a container, named after the process that podman runs as.
The container outlives that process, so what a scenario kills is the container."""

import subprocess
import unittest

import site_under_test

end_process = site_under_test.Site.kill


def kill(site):
    if site.process and site.process.poll() is None:
        subprocess.run(["podman", "kill", f"kkr-scenario-{site.process.pid}"],
                       capture_output=True, check=False)
        site.process.wait(timeout=60)
    end_process(site)


if __name__ == "__main__":
    site_under_test.Site.kill = kill
    unittest.main(module=None)
