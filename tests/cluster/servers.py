"""The servers a cluster stands on, started on free ports in temporary folders and ended with the
tests: PostgreSQL, NATS with JetStream, Redis on a socket. PostgreSQL takes seconds to start, so one
serves every site of a test process, each with a database of its own."""
import atexit
import glob
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

from ports import free_port

WAIT_SECONDS = 60


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


def _wait(condition, process, what, log):
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        if process.poll() is not None or time.monotonic() > deadline:
            with open(log, encoding="utf-8", errors="replace") as file:
                raise AssertionError(f"{what} does not start:\n{file.read()[-2000:]}")
        time.sleep(0.01)


class Server:
    """One server process with a folder of its own; kill() and start() as often as a test wants."""

    def __init__(self, name, user=None):
        self.name = name
        self.user = user if os.geteuid() == 0 else None
        self.folder = tempfile.mkdtemp(prefix=f"kkr-{name}-", dir="/tmp")
        if self.user:
            shutil.chown(self.folder, self.user)
        self.log_path = os.path.join(self.folder, "log")
        self.port = free_port()
        self.process = None

    def command(self):
        raise NotImplementedError

    def is_up(self):
        return answers(self.port)

    def start(self):
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log,
                                            stdin=subprocess.DEVNULL, user=self.user,
                                            extra_groups=[] if self.user else None)
        _wait(self.is_up, self.process, self.name, self.log_path)

    def kill(self, with_signal=signal.SIGKILL):
        """Ends the server and waits for it."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(with_signal)
        if self.process:
            self.process.wait()

    def remove(self):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres(Server):
    """A PostgreSQL that keeps nothing safe: what a test kills is a process, not the disk. Listens
    at several addresses of this machine, so that one way to it can be cut and the others not."""

    ADDRESSES = [f"127.0.1.{last}" for last in range(1, 21)]

    def __init__(self, settings=(), copy_of=None):
        names = [entry.pw_name for entry in pwd.getpwall()]
        super().__init__("postgres", "postgres" if "postgres" in names else "nobody")
        self.programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.settings = list(settings)
        self.databases = []  # Every one there ever was.
        if copy_of:
            self.copy(copy_of)
        else:
            self.run_program("initdb", "-D", self.cluster, "--no-sync", "--auth=trust",
                             "--username=kkr", "--encoding=UTF8", "--locale=C")

    @property
    def cluster(self):
        return os.path.join(self.folder, "cluster")

    def copy(self, other):
        """Makes this server, which has no cluster of its own, a standby of the other."""
        self.run_program("pg_basebackup", "-D", self.cluster, "--write-recovery-conf", "--no-sync",
                         "--checkpoint=fast", "--host=127.0.0.1", f"--port={other.port}",
                         "--username=kkr")
        self.databases = other.databases

    def run_program(self, program, *arguments):
        """Runs a program as the server's user, one of PostgreSQL's own where there is such."""
        own = os.path.join(self.programs, program)
        subprocess.run([own if os.path.exists(own) else program, *arguments], check=True,
                       user=self.user, extra_groups=[] if self.user else None, cwd=self.folder,
                       stdout=subprocess.DEVNULL)

    def command(self):
        settings = [f"listen_addresses={','.join(['127.0.0.1', *self.ADDRESSES])}", "fsync=off",
                    "full_page_writes=off", "shared_buffers=32MB", "max_connections=300",
                    "autovacuum=off", *self.settings]
        options = [word for setting in settings for word in ("-c", setting)]
        return [os.path.join(self.programs, "postgres"), "-D", self.cluster, "-k", self.folder,
                "-p", str(self.port), *options]

    def is_up(self):
        return subprocess.run(
            [os.path.join(self.programs, "pg_isready"), "-h", "127.0.0.1", "-p", str(self.port)],
            stdout=subprocess.DEVNULL, check=False).returncode == 0

    def conninfo(self, database, host="127.0.0.1"):
        return f"host={host} port={self.port} user=kkr dbname={database}"

    def query(self, database, statement):
        """Runs the statement and returns its rows, columns with tabs in between."""
        done = subprocess.run(
            [os.path.join(self.programs, "psql"), "-X", "-q", "-t", "-A", "-F", "\t",
             self.conninfo(database), "-c", statement],
            check=True, stdout=subprocess.PIPE)
        return done.stdout.decode().splitlines()

    def new_database(self, name=None, template="template1"):
        name = name or f"site_{len(self.databases) + 1}"
        self.query("postgres", f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        self.databases.append(name)
        return name

    def drop_database(self, name):
        self.query("postgres", f"DROP DATABASE {name} WITH (FORCE)")


class Nats(Server):
    """A NATS server with JetStream."""

    def __init__(self):
        super().__init__("nats")
        self.monitoring_port = free_port()

    def command(self):
        return ["nats-server", "-a", "127.0.0.1", "-p", str(self.port), "-js", "-sd",
                os.path.join(self.folder, "jetstream"), "-m", str(self.monitoring_port)]

    def streams(self):
        """The first sequence and the last of each stream and how many messages it holds."""
        with urllib.request.urlopen(
                f"http://127.0.0.1:{self.monitoring_port}/jsz?streams=true") as reply:
            accounts = json.load(reply).get("account_details", [])
        return {stream["name"]: [stream["state"][key] for key in ("first_seq", "last_seq",
                                                                  "messages")]
                for account in accounts for stream in account.get("stream_detail", [])}

    @property
    def url(self):
        return f"nats://127.0.0.1:{self.port}"

    def wipe(self):
        """Everything it kept is gone, as after the loss of its disk."""
        self.kill()
        shutil.rmtree(os.path.join(self.folder, "jetstream"), ignore_errors=True)
        self.start()


class Redis(Server):
    """A Redis on a socket file, which keeps nothing on disk."""

    def __init__(self):
        super().__init__("redis")

    @property
    def path(self):
        return os.path.join(self.folder, "redis.sock")

    def is_up(self):
        return os.path.exists(self.path)

    def command(self):
        return ["redis-server", "--port", "0", "--unixsocket", self.path, "--save", "",
                "--appendonly", "no", "--dir", self.folder]

    def flush(self):
        subprocess.run(["redis-cli", "-s", self.path, "FLUSHALL"], check=True,
                       stdout=subprocess.DEVNULL)


_shared = []


def postgres():
    """The PostgreSQL of this test process, started at the first call."""
    if not _shared:
        _shared.append(Postgres())
        atexit.register(_shared[0].remove)
        _shared[0].start()
    return _shared[0]
