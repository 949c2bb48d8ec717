"""Clients that send commands to any of several gateways, each again until it is acknowledged, and
remember what was."""
import http.client
import json
import threading
import time
import urllib.parse
import uuid


class Load:
    """Threads that together send `per_second` commands; in a `with` block."""

    def __init__(self, ports, per_second, clients=4):
        self.ports = ports
        self.pause = clients / per_second
        self.acked = {"consultation": set(), "registry": set()}  # Request ids.
        self.failures = {}  # By status or kind of error: how many tries were in vain.
        self.refused = []
        self.acked_at = []  # When, on the steady clock.
        self._stopping = threading.Event()
        self._mutex = threading.Lock()
        self._threads = [threading.Thread(target=self._run, args=(number,))
                         for number in range(clients)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _run(self, number):
        count = number
        next_at = time.monotonic()
        while not self._stopping.is_set():
            count += 1
            service = "registry" if count % 4 == 0 else "consultation"
            self._send_until_acked(service, count)
            next_at = max(next_at + self.pause, time.monotonic() - 1)
            self._stopping.wait(max(0.0, next_at - time.monotonic()))

    def _send_until_acked(self, service, count):
        request_id = str(uuid.uuid4())
        tries = 0
        while not self._stopping.is_set() or tries == 0:
            port = self.ports[tries % len(self.ports)]
            status, body = self._send(service, count, request_id, port)
            tries += 1
            with self._mutex:
                if 200 <= status < 300:
                    self.acked[service].add(request_id)
                    self.acked_at.append(time.monotonic())
                    return
                self.failures[status] = self.failures.get(status, 0) + 1
                if 400 <= status < 500 and status not in (408, 429):
                    self.refused.append(body)
                    return
            self._stopping.wait(0.05)

    @staticmethod
    def _send(service, count, request_id, port):
        query = urllib.parse.urlencode({"requestId": request_id})
        if service == "registry":
            path, body = "/v1/persons?", {"givenName": "Eksempel", "familyName": f"Nr. {count}",
                                          "email": f"nr{count}@kommune.example"}
        else:
            path = "/v1/regions/hovedstaden/papers?"
            body = {"title": f"Rammepapir {count}", "area": "somatik"}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("POST", path + query, body=json.dumps(body).encode(),
                               headers={"Content-Type": "application/json",
                                        "KKR-Actor": "secretariat"})
            reply = connection.getresponse()
            return reply.status, reply.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    def longest_pause(self, since):
        """The longest time without an acknowledgement after the instant, in seconds."""
        instants = [since] + [at for at in sorted(self.acked_at) if at >= since]
        return max((later - earlier for earlier, later in zip(instants, instants[1:])), default=0)
