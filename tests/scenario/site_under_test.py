"""A real site for tests: starts `kkr serve` on a free port with its data in a temporary folder and
talks to it over HTTP as any client would. Stops only the process it started."""
import http.client
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.parse
import uuid

from prism import Prism, deviations

KKR = os.environ.get("KKR_BINARY", "build/release/services/all/kkr")
START_SECONDS = float(os.environ.get("KKR_START_SECONDS", "60"))
THROUGH_PRISM = os.environ.get("KKR_THROUGH_PRISM") == "1"


class Reply:
    """What the site answered: status, headers in lower case, the raw body and, if it is, JSON."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def reason(self):
        """The reason of an error's one ErrorInfo; None for a success."""
        if self.status < 400:
            return None
        infos = [d for d in self.json["error"]["details"] if d["@type"].endswith("ErrorInfo")]
        assert len(infos) == 1, self.body
        return infos[0]["reason"]

    def __repr__(self):
        return f"{self.status} {self.body[:400]!r}"


def new_id():
    """A fresh request id."""
    return str(uuid.uuid4())


def wait_until(condition, what, seconds=30.0):
    """Returns the first true value of `condition()`; fails with `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.01)


class Site:
    """One `kkr serve`. In a `with` block it is stopped, and its folder removed, at the end."""

    def __init__(self, data=None, demo_clock=None, arguments=()):
        self.folder = None if data else tempfile.mkdtemp(prefix="kkr-site-")
        self.data = data or os.path.join(self.folder, "data")
        self.demo_clock = demo_clock
        self.arguments = list(arguments)
        self.process = None
        self.port = 0
        self.prism = None
        self._connections = threading.local()

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()  # Nobody else ends what did start.
            raise
        return self

    def __exit__(self, *_):
        self.kill()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def log_path(self):
        return self.data.rstrip("/") + ".log"

    def start(self, ready=True):
        """Starts the site and returns the seconds until it was ready."""
        os.makedirs(self.data, exist_ok=True)
        about = os.path.join(self.data, "site.json")
        if os.path.exists(about):
            os.remove(about)
        command = [KKR, "serve", "--data", self.data, "--http-listen", "127.0.0.1:0"]
        if self.demo_clock:
            command.append("--demo-clock=" + self.demo_clock)
        began = time.monotonic()
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                command + self.arguments, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        if ready:
            wait_until(lambda: self._is_ready(about), "the site is ready", START_SECONDS)
        seconds = time.monotonic() - began
        if ready and THROUGH_PRISM:
            self._go_through_prism()
        return seconds

    def _go_through_prism(self):
        self.prism = Prism(self.get("/openapi.json").body, os.path.dirname(self.log_path), self.url)
        wait_until(self.prism.answers, "the proxy answers", START_SECONDS)
        self.port = self.prism.port

    def _is_ready(self, about):
        if self.process.poll() is not None:
            raise AssertionError(f"kkr serve ended with {self.process.returncode}:\n{self.log()}")
        try:
            with open(about, encoding="utf-8") as file:
                self.port = urllib.parse.urlsplit(json.load(file)["http"]).port
            return self.get("/readyz").status == 200
        except (OSError, ValueError, http.client.HTTPException):
            return False

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()[-4000:]

    def kill(self):
        """Ends the site at once, as kill -9 does."""
        self._close_connection()
        self._leave_prism()
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        if self.process:
            self.process.wait()

    def stop(self):
        """Asks the site to end and returns its exit code."""
        self._leave_prism()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def _leave_prism(self):
        if self.prism:
            self.prism.stop()
            self.prism = None

    def _close_connection(self):
        connection = getattr(self._connections, "open", None)
        if connection:
            connection.close()
            self._connections.open = None

    def request(self, method, path, body=None, headers=None, timeout=30):
        """One request on this thread's connection, which is opened again when it broke."""
        connection = getattr(self._connections, "open", None)
        if connection is not None and connection.port != self.port:
            self._close_connection()
            connection = None
        if connection is None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
            self._connections.open = connection
        try:
            connection.request(method, urllib.parse.quote(path, safe="/:?&=%,*"), body=body,
                               headers=headers or {})
            response = connection.getresponse()
            reply = Reply(response.status, response.getheaders(), response.read())
        except (OSError, http.client.HTTPException):
            self._close_connection()
            raise
        if self.prism and path.startswith("/v1/"):
            found = deviations(reply.status, reply.headers)
            assert not found, f"{method} {path}: {reply}\n{json.dumps(found, indent=1)}"
        return reply

    def get(self, path, headers=None):
        return self.request("GET", path, headers=headers)

    def post(self, path, body, actor="secretariat", request_id=None):
        """A custom method or another command whose whole request is the body."""
        body = dict(body, requestId=request_id or new_id())
        return self._send("POST", path, body, actor)

    def create(self, path, resource, actor="secretariat", request_id=None, **query):
        """A create whose body is the resource and whose request id stands in the query."""
        query["requestId"] = request_id or new_id()
        return self._send("POST", path + "?" + urllib.parse.urlencode(query), resource, actor)

    def upload(self, path, content, content_type="text/plain"):
        return self.request("POST", path, body=content,
                            headers={"Content-Type": content_type, "KKR-Actor": "secretariat"})

    def _send(self, method, path, body, actor):
        return self.request(method, path, body=json.dumps(body).encode(),
                            headers={"Content-Type": "application/json", "KKR-Actor": actor})


def admin(*arguments):
    """Runs `kkr admin …`; returns (exit code, what it printed)."""
    done = subprocess.run([KKR, "admin", *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=300, check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def files_holding(folder, text):
    """The files below `folder` in whose bytes `text` stands."""
    found = []
    for path, _, names in os.walk(folder):
        for name in names:
            if not os.path.isfile(os.path.join(path, name)):
                continue  # A socket of the running site.
            with open(os.path.join(path, name), "rb") as file:
                if text.encode() in file.read():
                    found.append(name)
    return found


if os.environ.get("KKR_PROFILE") == "cluster":
    # The same tests, against many processes. What looks into a data folder is left out from there.
    from cluster_site import ClusterSite as Site, admin, files_holding
