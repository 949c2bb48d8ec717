"""A mail server that takes everything and keeps what it took: for tests that count what arrives."""
import hashlib
import re
import socketserver
import threading


class _Session(socketserver.StreamRequestHandler):
    timeout = 60

    def handle(self):
        with self.server.lock:
            self.server.connections += 1
        self._say(b"220 sink")
        recipient = None
        while True:
            line = self.rfile.readline()
            if not line:
                return
            verb = line[:4].upper()
            if verb in (b"EHLO", b"HELO"):
                self._say(b"250 sink")
            elif verb == b"RCPT":
                recipient = re.search(rb"<([^>]*)>", line).group(1).decode()
                self._say(b"250 ok")
            elif verb == b"DATA":
                self._say(b"354 go on")
                message = self._message()
                if message is None:
                    return
                self.server.keep(recipient, message)
                self._say(b"250 taken")
            elif verb == b"QUIT":
                self._say(b"221 bye")
                return
            else:
                self._say(b"250 ok")

    def _say(self, line):
        try:
            self.wfile.write(line + b"\r\n")
        except OSError:
            pass  # The other side was killed.

    def _message(self):
        """The message with its line ends; None when the connection broke before the dot."""
        lines = []
        while True:
            line = self.rfile.readline()
            if not line:
                return None
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line[1:] if line.startswith(b".") else line)


class SmtpSink(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine from the start of the `with` block."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.lock = threading.Lock()
        self.connections = 0
        self.taken = {}  # Message-ID → [(recipient, digest of the message)], in order.
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def handle_error(self, *_):
        pass  # A connection that a killed site left.

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def keep(self, recipient, message):
        """Notes what a session took."""
        head = message.split(b"\r\n\r\n", 1)[0]
        found = re.search(rb"^Message-I[dD]:\s*<([^>]+)>", head, re.M)
        name = found.group(1).decode() if found else "none"
        with self.lock:
            self.taken.setdefault(name, []).append(
                (recipient, hashlib.sha256(message).hexdigest()))

    def count(self):
        """How many different messages were taken."""
        with self.lock:
            return len(self.taken)
