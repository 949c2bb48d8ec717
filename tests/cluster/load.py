"""Clients that send commands to any of several gateways, each again until it is acknowledged, and
remember what was."""
import http.client
import json
import select
import threading
import time
import urllib.parse
import uuid

import hearing

# Of each kind so many in a row of commands, in this order.
KINDS = ["paper", "person", "paper", "answer"]
SERVICE_OF = {"paper": "consultation", "answer": "consultation", "person": "registry"}
MUNICIPALITIES = ["101", "147", "151", "153", "155", "157", "159", "161", "163", "165"]


def command(kind, count, request_id):
    """Path, body and actor."""
    query = "?" + urllib.parse.urlencode({"requestId": request_id})
    if kind == "person":
        return "/v1/persons" + query, {"givenName": "Eksempel", "familyName": f"Nr. {count}",
                                       "email": f"nr{count}@kommune.example"}, "secretariat"
    if kind == "answer":
        code = MUNICIPALITIES[count // len(KINDS) % len(MUNICIPALITIES)]
        body = dict(hearing.answer_body(f"Svar nr. {count}"), requestId=request_id)
        return f"{hearing.ROUND}/answers/{code}:submit", body, f"municipalities/{code}"
    return hearing.REGION + "/papers" + query, {"title": f"Rammepapir {count}",
                                                "area": "somatik"}, "secretariat"


NOBODY = -1


class Load:
    """Threads that together send `per_second` commands; in a `with` block. Answers go to the round
    of hearing.py, which must be open."""

    def __init__(self, ports, per_second, clients=4):
        self.ports = ports
        self.pause = clients / per_second
        self.acked = {"consultation": set(), "registry": set()}  # Request ids.
        self.failures = {}  # By status, 0 for none: how many tries were in vain.
        self.turned_away = 0  # How often a gateway was not there, so that another was taken.
        self.refused = []
        self.acked_at = []  # When, on the steady clock.
        self._stopping = threading.Event()
        self._mutex = threading.Lock()
        self.looks = 0  # How often the board of the round was seen.
        self._clients = clients
        self._threads = [threading.Thread(target=self._run, args=(number,))
                         for number in range(clients)] + [threading.Thread(target=self._look)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _run(self, number):
        connections = {}
        next_at = time.monotonic()
        for count in range(number, 10**9, self._clients):
            if self._stopping.is_set():
                break
            # Whoever comes round meets another kind.
            kind = KINDS[(count + count // len(KINDS)) % len(KINDS)]
            self._send_until_acked(connections, kind, count)
            next_at = max(next_at + self.pause, time.monotonic() - 1)
            self._stopping.wait(max(0.0, next_at - time.monotonic()))
        for connection in connections.values():
            connection.close()

    def _send_until_acked(self, connections, kind, count):
        request_id = str(uuid.uuid4())
        path, body, actor = command(kind, count, request_id)
        body = json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "KKR-Actor": actor}
        tries = 0
        while not self._stopping.is_set() or tries == 0:
            port = self.ports[(count + tries) % len(self.ports)]
            status, said = self._send(connections, port, path, body, headers)
            tries += 1
            with self._mutex:
                if status == NOBODY:
                    self.turned_away += 1
                    continue
                if 200 <= status < 300:
                    self.acked[SERVICE_OF[kind]].add(request_id)
                    self.acked_at.append(time.monotonic())
                    return
                self.failures[status] = self.failures.get(status, 0) + 1
                if 400 <= status < 500 and status not in (408, 429):
                    self.refused.append(said)
                    return
            self._stopping.wait(0.05)

    def _look(self):
        """Reads the same view over and over, so that it is cached."""
        connections = {}
        while not self._stopping.wait(0.1):
            for port in self.ports:
                status, _ = self._send(connections, port, hearing.ROUND + ":board", None, {})
                self.looks += status == 200
        for connection in connections.values():
            connection.close()

    @staticmethod
    def _send(connections, port, path, body, headers):
        """The status and what was said; NOBODY when nothing was sent because nobody listens, and 0
        when there was no reply. Without a body it reads."""
        connection = connections.get(port)
        if connection is None:
            connection = connections[port] = http.client.HTTPConnection("127.0.0.1", port,
                                                                        timeout=10)
        if connection.sock and select.select([connection.sock], [], [], 0)[0]:
            connection.close()  # Its gateway has hung up since it was last used.
        try:
            connection.request("POST" if body else "GET", path, body=body, headers=headers)
            reply = connection.getresponse()
            return reply.status, reply.read()
        except ConnectionRefusedError:
            connection.close()
            return NOBODY, ""
        except (OSError, http.client.HTTPException) as broken:
            connection.close()
            return 0, str(broken)

    def longest_pause(self, since):
        """The longest time without an acknowledgement after the instant, in seconds."""
        instants = [since] + [at for at in sorted(self.acked_at) if at >= since]
        return max((later - earlier for earlier, later in zip(instants, instants[1:])), default=0)
