"""How long after the acknowledgement of a command a client that follows the region hears of it:
commands at a steady rate over several connections, and one event stream, in one loop."""
import json
import re
import selectors
import socket
import time
import uuid

REGION = "hovedstaden"
CONNECTIONS = 64
SEEN = re.compile(rb'"service":"consultation","region":"hovedstaden","position":"(\d+)"')
ACKED = re.compile(rb"KKR-Position: [^\r]*consultation/hovedstaden/[^/]+/(\d+)")
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Stream:
    """The region's event stream; when each position came."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.sendall(f"GET /v1/regions/{REGION}:stream HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        self.seen_at = {}
        self._rest = b""

    def readable(self):
        text = self._rest + self.socket.recv(1 << 20)
        now = time.monotonic()
        *whole, self._rest = text.split(b"\n")
        for line in whole:
            if found := SEEN.search(line):
                self.seen_at[int(found.group(1))] = now


class Client:
    """A connection that has one command under way at most."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.acked_at = {}
        self.failed = 0
        self.free = True
        self._reply = b""

    def send(self):
        body = json.dumps({"title": "Papir", "area": "somatik"}).encode()
        self.free = False
        self.socket.sendall(
            f"POST /v1/regions/{REGION}/papers?requestId={uuid.uuid4()} HTTP/1.1\r\nHost: a\r\n"
            f"Content-Type: application/json\r\nKKR-Actor: secretariat\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode() + body)

    def readable(self):
        self._reply += self.socket.recv(1 << 16)
        head, end, body = self._reply.partition(b"\r\n\r\n")
        if not end or len(body) < int(LENGTH.search(head).group(1)):
            return
        self._reply = b""
        self.free = True
        if head.split(b" ")[1] == b"200":
            self.acked_at[int(ACKED.search(head).group(1))] = time.monotonic()
        else:
            self.failed += 1


def delays(port, per_second, seconds):
    """The delays in seconds, in order of size; infinite for a command that failed. A command that
    finds no connection free waits for one."""
    stream = Stream(port)
    clients = [Client(port) for _ in range(CONNECTIONS)]
    events = selectors.DefaultSelector()
    for each in (stream, *clients):
        events.register(each.socket, selectors.EVENT_READ, each)
    began = time.monotonic()
    sent = 0
    while time.monotonic() < began + seconds + 1:
        due = int(min(time.monotonic() - began, seconds) * per_second)
        for client in [each for each in clients if each.free][:due - sent]:
            client.send()
            sent += 1
        for key, _ in events.select(1 / per_second):
            key.data.readable()
    acked = {position: at for client in clients for position, at in client.acked_at.items()}
    failed = sum(client.failed for client in clients)
    for each in (stream, *clients):
        each.socket.close()
    return sorted(max(0.0, stream.seen_at[position] - at) if position in stream.seen_at
                  else float("inf") for position, at in acked.items()) + [float("inf")] * failed
