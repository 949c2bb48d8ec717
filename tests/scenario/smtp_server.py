"""A real mail server (aiosmtpd) that does what recipients are scripted to meet, once each, and
takes every mail after that. Started by tests; run by Debian's python3, which has aiosmtpd.

    smtp_server.py SCRIPT.json JOURNAL.jsonl

SCRIPT maps the local part of an address to one of `rcpt CODE`, `always CODE`, `data CODE`, `drop`,
`slow SECONDS` and `stall`. Under `` it may hold what the server itself is like: `certificate` and
`key` (files: STARTTLS or nothing), `user` and `password` (a login or nothing), `dkim` (the DNS
record that signatures are checked with). The port stands in the journal's first line; then comes a
line for each message, whatever became of it."""
import asyncio
import email
import hashlib
import json
import ssl
import sys

import dkim
from aiosmtpd.smtp import SMTP, AuthResult


class Scripted:
    def __init__(self, script, journal):
        self.about = script.pop("", {})
        self.script = script
        self.journal = journal
        self.met = set()  # Who has met what was scripted.

    def note(self, **what):
        self.journal.write(json.dumps(what) + "\n")
        self.journal.flush()

    def is_signed(self, mail):
        record = self.about.get("dkim", "").encode()
        return bool(record) and dkim.verify(mail, dnsfunc=lambda name, timeout=5: record)

    def log_in(self, server, session, envelope, mechanism, data):
        """The authenticator of aiosmtpd."""
        known = (self.about["user"].encode(), self.about["password"].encode())
        return AuthResult(success=(data.login, data.password) == known, handled=False)

    def options(self):
        options = {"hostname": "scripted.example", "enable_SMTPUTF8": False}
        if "certificate" in self.about:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(self.about["certificate"], self.about["key"])
            options.update(tls_context=context, require_starttls=True)
        if "user" in self.about:
            options.update(authenticator=self.log_in, auth_required=True)
        return options

    def next_act(self, address, kinds):
        """What this recipient meets now; nothing the second time."""
        local = address.split("@")[0]
        kind, _, value = self.script.get(local, "").partition(" ")
        if kind not in kinds or (kind != "always" and local in self.met):
            return "", ""
        self.met.add(local)
        return kind, value

    async def handle_RCPT(self, server, session, envelope, address, options):
        kind, code = self.next_act(address, ("rcpt", "always"))
        if kind:
            self.note(to=address, said=int(code), heard=False)
            return f"{code} scripted for {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        message = email.message_from_bytes(envelope.content)
        about = {"to": address, "heard": True, "message_id": message["Message-ID"],
                 "encrypted": session.ssl is not None, "signed": self.is_signed(envelope.content),
                 "digest": hashlib.sha256(envelope.content).hexdigest(),
                 "subject": str(email.header.make_header(
                     email.header.decode_header(message["Subject"])))}
        kind, value = self.next_act(address, ("data", "drop", "slow", "stall"))
        if kind == "drop":
            self.note(said=None, **about)
            server.transport.abort()
            return "250 never heard"
        if kind == "stall":
            self.note(said=None, **about)
            await asyncio.sleep(3600)  # Ends with the connection.
        if kind == "slow":
            await asyncio.sleep(float(value))
        code = int(value) if kind == "data" else 250
        self.note(said=code, **about)
        return f"{code} scripted" if kind == "data" else "250 2.0.0 OK: queued"


async def serve(script, journal):
    handler = Scripted(script, journal)
    loop = asyncio.get_running_loop()
    options = handler.options()
    server = await loop.create_server(lambda: SMTP(handler, loop=loop, **options), "127.0.0.1", 0)
    handler.note(port=server.sockets[0].getsockname()[1])
    await server.serve_forever()


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        script = json.load(file)
    with open(sys.argv[2], "w", encoding="utf-8") as journal:
        asyncio.run(serve(script, journal))


if __name__ == "__main__":
    main()
