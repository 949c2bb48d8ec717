"""The interface describes itself: /openapi.json is valid and says what the site does."""
import os
import subprocess
import tempfile
import unittest

from site_under_test import Site

REDOCLY = os.path.join(os.path.dirname(__file__), "../../tools/node_modules/.bin/redocly")


class OpenApi(unittest.TestCase):
    def test_is_accepted_by_redocly(self):
        with Site() as site, tempfile.TemporaryDirectory() as folder:
            reply = site.get("/openapi.json")
            self.assertEqual(reply.status, 200)
            self.assertEqual(reply.json["openapi"][:3], "3.1")
            self.assertIn("/v1/{parent}/rounds".replace("{parent}", "regions/{region}"),
                          reply.json["paths"])
            path = os.path.join(folder, "openapi.json")
            with open(path, "wb") as file:
                file.write(reply.body)
            lint = subprocess.run([REDOCLY, "lint", path], stdout=subprocess.PIPE, check=False,
                                  stderr=subprocess.STDOUT, env=dict(os.environ, CI="true",
                                                                     REDOCLY_TELEMETRY="off"))
            self.assertEqual(lint.returncode, 0, lint.stdout.decode()[-4000:])


if __name__ == "__main__":
    unittest.main()
