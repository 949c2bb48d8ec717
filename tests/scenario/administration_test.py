"""`kkr admin` and the settings of `kkr serve`: through the socket of a running site, and on the
files of one that stands still."""
import os
import shutil
import stat
import subprocess
import tempfile
import threading
import unittest

from site_under_test import KKR, Site, admin, wait_until

HEADING = "code,name,official_name,cvr,region,population_2013\n"
ALBERTSLUND = "165,Albertslund,Albertslund Kommune,66137112,Hovedstaden,27864\n"
CLOCK = "2013-01-23T08:00:00Z"


def serve(*arguments, environment=None):
    """Runs `kkr serve` to its end; returns (exit code, what it printed)."""
    done = subprocess.run([KKR, "serve", *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=60, check=False,
                          env=dict(os.environ, **(environment or {})))
    return done.returncode, done.stdout.decode()


def create_papers_until(site, stopping):
    while not stopping.is_set():
        site.create("/v1/regions/hovedstaden/papers", {"title": "A", "area": "somatik"})


class Administration(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="kkr-admin-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def test_verifies_a_site_whether_it_runs_or_not(self):
        with Site() as site:
            site.create("/v1/regions/hovedstaden/papers", {"title": "A", "area": "somatik"})
            code, running = admin("verify", "--data", site.data)
            self.assertEqual(code, 0, running)
            site.stop()
            code, stopped = admin("verify", "--data", site.data)
            self.assertEqual(code, 0, stopped)
            for said in (running, stopped):
                self.assertIn("consultation/hovedstaden: sound up to position 1 ", said)
                self.assertIn("registry/danmark: sound up to position ", said)

    def test_vouches_for_a_site_while_it_takes_commands(self):
        with Site() as site:
            anchors = site.data + ".anchor"
            stopping = threading.Event()
            load = threading.Thread(target=create_papers_until, args=(site, stopping))
            load.start()
            try:
                for _ in range(4):
                    # Each check begins with newer anchors than the last one.
                    written = os.path.getsize(anchors) if os.path.exists(anchors) else 0
                    wait_until(lambda: os.path.exists(anchors) and
                               os.path.getsize(anchors) > written, "an anchor is written")
                    code, said = admin("verify", "--data", site.data)
                    self.assertEqual(code, 0, said)
            finally:
                stopping.set()
                load.join()
            self.assertRegex(said, r"consultation/hovedstaden: sound up to position \d{2,} .*"
                                   r"[1-9]\d* anchors")
            self.assertEqual([name for name in os.listdir(site.data) if "verify" in name], [])

    def test_reaches_a_running_site_through_a_socket_of_its_user_only(self):
        with Site() as site:
            mode = os.stat(os.path.join(site.data, "admin.sock")).st_mode
            self.assertTrue(stat.S_ISSOCK(mode))
            self.assertEqual(stat.S_IMODE(mode), 0o600)

    def test_writes_nothing_that_other_users_can_read(self):
        with Site() as site:
            site.upload("/v1/regions/hovedstaden/attachments?filename=a.txt", "Et svar\n")
            admin("backup", self.path("backup"), "--data", site.data)
            for folder in (site.data, self.path("backup")):
                for place, folders, files in os.walk(folder):
                    for name in folders + files:
                        mode = os.stat(os.path.join(place, name)).st_mode
                        self.assertEqual(stat.S_IMODE(mode) & 0o077, 0, os.path.join(place, name))

    def test_restores_a_demo_site_as_a_demo_site(self):
        with Site(demo_clock=CLOCK) as site:
            site.post("/v1/clock:advance", {"to": "2013-02-06T08:00:00Z"})
            code, said = admin("backup", self.path("backup"), "--data", site.data)
            self.assertEqual(code, 0, said)
        code, said = admin("restore", self.path("backup"), "--data", self.path("data"))
        self.assertEqual(code, 0, said)
        with Site(data=self.path("data")) as restored:
            clock = restored.get("/v1/clock").json
            self.assertEqual((clock["now"], clock["demo"]), ("2013-02-06T08:00:00Z", True))

    def test_backs_up_the_sound_logs_and_says_which_is_not(self):
        with Site() as site:
            site.create("/v1/regions/hovedstaden/papers", {"title": "A", "area": "somatik"})
            site.create("/v1/regions/nordjylland/papers", {"title": "B", "area": "somatik"})
            site.stop()
            with open(os.path.join(site.data, "consultation", "hovedstaden.db"), "r+b") as file:
                file.write(b"Not a database at all")
            code, stopped = admin("backup", self.path("stopped"), "--data", site.data)
            self.assertEqual(code, 1, stopped)
            site.start()
            code, running = admin("backup", self.path("running"), "--data", site.data)
            self.assertEqual(code, 1, running)
        for said in (stopped, running):
            self.assertIn("consultation/hovedstaden: not copied: ", said)
            self.assertIn("consultation/nordjylland: copied up to position 1", said)
            self.assertIn("registry/danmark: copied up to position", said)

    def test_restores_nothing_over_a_site(self):
        with Site() as site:
            site.stop()
            admin("backup", self.path("backup"), "--data", site.data)
            code, said = admin("restore", self.path("backup"), "--data", site.data)
            self.assertEqual(code, 1, said)
            self.assertIn("is not empty", said)

    def test_imports_municipalities_whether_the_site_runs_or_not(self):
        file = self.write("file.csv", HEADING + ALBERTSLUND)
        with Site() as site:
            code, said = admin("import", "municipalities", file, "--data", site.data)
            self.assertEqual(code, 0, said)
            self.assertIn("1 municipalities", said)
            site.stop()
            code, said = admin("import", "municipalities", file, "--data", site.data)
            self.assertEqual(code, 0, said)
            self.assertIn("1 municipalities, 0 new facts", said)

    def test_says_line_column_and_reason_of_a_file_it_does_not_take(self):
        file = self.write("file.csv", HEADING + ALBERTSLUND + "999,X,X Kommune,123,Hovedstaden,1\n")
        with Site() as site:
            code, said = admin("import", "municipalities", file, "--data", site.data)
            self.assertEqual(code, 1, said)
            self.assertRegex(said, r"(?i)line 3.*cvr")

    def test_tells_of_a_folder_without_a_site(self):
        for command in (["verify"], ["backup", self.path("backup")]):
            code, said = admin(*command, "--data", self.folder)
            self.assertEqual(code, 1, said)
            self.assertIn("holds no site", said)

    def test_keeps_a_second_site_out_of_the_folder(self):
        with Site() as site:
            code, said = serve("--data", site.data, "--http-listen", "127.0.0.1:0")
            self.assertEqual(code, 1, said)
            self.assertIn(f"is in use by another kkr, process {site.process.pid}", said)
            self.assertEqual(site.get("/readyz").status, 200)

    def test_never_puts_an_ordinary_site_on_the_demo_clock(self):
        with Site() as site:
            site.stop()
            code, said = serve("--data", site.data, "--demo-clock", CLOCK)
            self.assertEqual(code, 1, said)
            self.assertIn("never runs on the demo clock", said)

    def test_checks_the_settings_without_starting(self):
        self.assertEqual(serve("--verify-config"), (0, "The configuration is sound.\n"))
        code, said = serve("--verify-config", "--http-listen", "0.0.0.0:80", "--demo-clock", "soon",
                           environment={"KKR_LOG_LEVEL": "chatty"})
        self.assertEqual(code, 2, said)
        self.assertEqual(len(said.splitlines()), 3, said)
        for part in ("0.0.0.0", "'soon' is not an instant", "log level is 'chatty'"):
            self.assertIn(part, said)
        self.assertEqual(os.listdir(self.folder), [])

    def test_listens_to_others_only_behind_a_proxy_that_signs_people_in(self):
        code, said = serve("--verify-config", "--http-listen", "0.0.0.0:8080")
        self.assertEqual(code, 2)
        self.assertIn("--behind-authenticating-proxy", said)
        code, said = serve("--verify-config", "--http-listen", "0.0.0.0:8080",
                           "--behind-authenticating-proxy")
        self.assertEqual(code, 0, said)

    def test_says_why_it_cannot_listen(self):
        with Site() as site:
            code, said = serve("--data", self.path("data"), "--http-listen",
                               f"127.0.0.1:{site.port}")
            self.assertEqual(code, 1, said)
            self.assertIn(str(site.port), said)


if __name__ == "__main__":
    unittest.main()
