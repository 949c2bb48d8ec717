"""A real site as a cluster: every service and the gateway are processes of their own, on loopback.
Does for tests whatever Site does; stops only the processes it started."""
import contextlib
import itertools
import os
import re
import signal
import subprocess
import time
import unittest
import urllib.request

import servers
import site_under_test
from ports import free_port
from whole_state import WholeState

PROGRAMS = os.environ.get("KKR_PROGRAMS", "build/release")
REPLICAS = int(os.environ.get("KKR_REPLICAS", "1"))
GATEWAYS = int(os.environ.get("KKR_GATEWAYS", "1"))
TEMPLATE = "migrated"
# Three services follow the registry, and notification the other two, in one region at least.
FOLLOWED_MIN = 5
# In order of need, with those whose addresses each must know.
SERVICES = {"registry": [], "consultation": ["registry"], "financing": ["registry"],
            "notification": ["registry", "consultation", "financing"]}


def program(name):
    folder = "gateway" if name == "gateway" else f"services/{name}"
    return os.path.join(PROGRAMS, folder, f"kkr-{name}")


def new_database(server):
    """A fresh database with the schema of every service: copied, which is faster than migrating."""
    if TEMPLATE not in server.databases:
        server.new_database(TEMPLATE)
        for service in SERVICES:
            subprocess.run([program(service), "migrate", f"--postgres={server.conninfo(TEMPLATE)}"],
                           check=True)
    return server.new_database(template=TEMPLATE)


class Member:
    """One process of the site."""

    def __init__(self, name, command, log_path):
        self.name, self.command, self.log_path = name, command, log_path
        self.process = None
        self.operations = f"127.0.0.1:{free_port()}"  # Where it tells how it is.
        self._seen = 0

    def start(self):
        self._seen = os.path.getsize(self.log_path) if os.path.exists(self.log_path) else 0
        command = [*self.command, f"--operations-listen={self.operations}"]
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log,
                                            stdin=subprocess.DEVNULL)

    def said(self):
        """What it wrote since it was started."""
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            file.seek(self._seen)
            return file.read()

    def is_ready(self):
        if self.process.poll() is not None:
            raise AssertionError(
                f"{self.name} ended with {self.process.returncode}:\n{self.said()[-4000:]}")
        return '"ready"' in self.said()

    def followed(self, log):
        """Which logs it takes in into this one, and how far."""
        try:
            with urllib.request.urlopen(f"http://{self.operations}/metrics", timeout=5) as reply:
                said = reply.read().decode()
        except OSError:
            return []
        return [(log, source, int(float(position))) for source, position in re.findall(
            r'kkr_follower_position{log="%s",source="(.*?)"} (\S+)' % log, said)]

    def signal(self, which):
        if self.process and self.process.poll() is None:
            self.process.send_signal(which)

    def kill(self):
        self.signal(signal.SIGKILL)
        if self.process:
            self.process.wait()


class ClusterSite(site_under_test.Site):
    """One site. In a `with` block it is stopped, and all of its folders removed, at the end."""

    def __init__(self, data=None, demo_clock=None, arguments=(), replicas=REPLICAS,
                 gateways=GATEWAYS, postgres=None, redis=None):
        super().__init__(data, demo_clock, arguments)
        self.replicas = replicas
        self.postgres = postgres or servers.postgres()
        self.redis = redis  # What the gateways keep views in; None for their own memory.
        self.ports = [free_port() for _ in range(gateways)]  # Of the gateways.
        self.members = {}
        self._addresses = {}
        self._turn = itertools.count()
        self._seen = {}  # By log: where the replies of this site stood.
        self.database = None
        self.nats = None

    def start(self, ready=True):
        began = time.monotonic()
        self._close_connection()  # The gateway comes back at the same port.
        os.makedirs(self.data, exist_ok=True)
        if not self.members:
            self.database = self.new_database()
            self.nats = servers.Nats()
            self.nats.start()
        self._place()
        for member in self.members.values():
            member.start()
        self.port = self.ports[0]
        self.process = self.members["gateway-1"].process
        if ready:
            for member in self.members.values():
                site_under_test.wait_until(member.is_ready, f"{member.name} is ready",
                                           site_under_test.START_SECONDS)
            site_under_test.wait_until(lambda: self.get("/readyz").status == 200,
                                       "the site is ready", site_under_test.START_SECONDS)
        return time.monotonic() - began

    def new_database(self):
        return new_database(self.postgres)

    def program(self, name):
        """How a command line of that program begins."""
        return [program(name)]

    def _place(self):
        """Where they listen is decided once: whoever is started again finds its neighbours where
        they were."""
        for service in () if self._addresses else SERVICES:
            self._addresses[service] = [f"127.0.0.1:{free_port()}"
                                        for _ in range(self.replicas)]
        for name, command in self.commands().items():
            self.members[name] = Member(name, command, self._log_path(name))

    def commands(self):
        """What each process is told, by its name."""
        commands = {}
        for service, asks in SERVICES.items():
            for number, address in enumerate(self._addresses[service], 1):
                commands[f"{service}-{number}"] = self._service_command(service, asks, address,
                                                                        number)
        for number, port in enumerate(self.ports, 1):
            command = self._gateway_command(port, self._addresses)
            if self.redis:
                command.append(f"--redis={self.redis.path}")
            commands[f"gateway-{number}"] = command
        return commands

    def _where(self, services):
        return self._told({service: self._addresses[service] for service in services})

    @staticmethod
    def _told(addresses):
        return [f"--{service}={','.join(those)}" for service, those in addresses.items()]

    def _gateway_command(self, port, addresses):
        return [*self.program("gateway"), "serve", f"--http-listen=127.0.0.1:{port}",
                f"--nats={self.nats.url}", *self._told(addresses)]

    @contextlib.contextmanager
    def gateway_to(self, replica):
        """The port of another gateway, which asks only this replica of each service and remembers
        nothing; in a `with` block."""
        port, name = free_port(), f"gateway-to-{replica}"
        asked = {service: [those[replica - 1]] for service, those in self._addresses.items()}
        gateway = Member(name, self._gateway_command(port, asked), self._log_path(name))
        gateway.start()
        try:
            site_under_test.wait_until(gateway.is_ready, f"{name} is ready")
            yield port
        finally:
            gateway.kill()

    def _service_command(self, service, asks, address, number):
        command = [*self.program(service), "serve", f"--grpc-listen={address}",
                   f"--replica={service}-{number}", f"--nats={self.nats.url}",
                   f"--postgres={self.postgres.conninfo(self.database, self.way(service, number))}"]
        if self.demo_clock:
            command.append("--demo-clock=" + self.demo_clock)
        # Whoever moves the clock must reach them all.
        command += self._where(SERVICES if service == "registry" else asks)
        if service == "notification":
            command += ["--public-url=http://127.0.0.1:0",
                        f"--maildir={os.path.join(self.data, 'mail')}", *self.arguments]
        return command

    def __exit__(self, *arguments):
        super().__exit__(*arguments)
        if self.nats:
            self.nats.remove()
        if self.database:
            self.postgres.drop_database(self.database)

    @staticmethod
    def way(service, number):
        """The address at which that replica reaches PostgreSQL, and no other does."""
        return servers.Postgres.ADDRESSES[4 * list(SERVICES).index(service) + number - 1]

    def _log_path(self, name):
        return os.path.join(self.data, name + ".log")

    def rows(self, statement):
        """What the database of the site says, columns with tabs in between."""
        return self.postgres.query(self.database, statement)

    def forget(self, service):
        """Empties everything the service keeps; no process of the site may run."""
        schema = f"kkr_{service}"
        tables = self.rows(f"SELECT format('%I.%I', schemaname, tablename) FROM pg_tables "
                           f"WHERE schemaname = '{schema}' AND tablename <> 'migrations'")
        self.rows(f"TRUNCATE {', '.join(tables)}")

    def behind(self):
        """Who follows a log and has not taken it in up to its end, as those say who do it."""
        heads, followed = {}, []
        for service in SERVICES:
            for row in self.rows(f"SELECT region, position FROM kkr_{service}.logs"):
                region, position = row.split("\t")
                heads[f"{service}/{region}"] = int(position)
                leader = self.leader(service, region)
                followed += self.members[leader].followed(f"{service}/{region}") if leader else []
        return ["too few follow"] * (len(followed) < FOLLOWED_MIN) + [
            f"{log} has {source} up to {position} of {heads[source]}"
            for log, source, position in followed if heads[source] != position]

    def whole_state(self, replica=1):
        """All that these replicas answer."""
        with self.gateway_to(replica) as port:
            return WholeState(port)

    def request(self, method, path, body=None, headers=None, timeout=30):
        """Where KKR_GATEWAYS says so, one gateway after the other is asked, by a client that hands
        on what it was told: KKR-Position, as KKR-Min-Position."""
        if GATEWAYS == 1:
            return super().request(method, path, body, headers, timeout)
        self.port = self.ports[next(self._turn) % len(self.ports)]
        if method == "GET" and self._seen:
            headers = {"KKR-Min-Position": ", ".join(self._seen.values()), **(headers or {})}
        reply = super().request(method, path, body, headers, timeout)
        for position in reply.headers.get("kkr-position", "").split(", "):
            log, _, number = position.rpartition("/")
            if log and int(number) > int(self._seen.get(log, "0").rpartition("/")[2]):
                self._seen[log] = position
        return reply

    def leader(self, service, region):
        """The name of the member that leads the log; None while none does."""
        rows = self.rows(
            f"SELECT r.name FROM kkr_{service}.leases l JOIN kkr_{service}.replicas r "
            f"ON r.instance = l.holder WHERE l.region = '{region}' AND r.expires_at > now()")
        return rows[0] if rows else None

    def log(self):
        return "\n".join(f"--- {name}\n{member.said()[-2000:]}"
                         for name, member in self.members.items())

    def kill(self):
        self._close_connection()
        for member in self.members.values():
            member.signal(signal.SIGKILL)
        for member in self.members.values():
            member.kill()

    def stop(self):
        """Asks every process to end, whoever calls before whom it calls; returns the worst exit
        code."""
        codes = []
        for member in reversed(self.members.values()):
            member.signal(signal.SIGTERM)
            codes.append(member.process.wait(timeout=60))
        return max(codes, key=abs)


def admin(*_):
    """Leaves the rest of a test out that administers the data folder of an embedded site."""
    raise unittest.SkipTest("a cluster has no data folder to administer")


def files_holding(*_):
    """Leaves the rest of a test out that looks into the files of an embedded site."""
    raise unittest.SkipTest("a cluster keeps its data in PostgreSQL")
