"""Mails whose names, subjects and bodies were made to break out of their place, read with python's
own reader: every value comes back, and no field, part or recipient is there that was not meant.

    header_fuzz_test.py COMPOSE_MAILS [SEED]

Run by Debian's python3, which has the package python3-dkim."""
import base64
import email
import email.header
import email.policy
import email.utils
import json
import random
import re
import subprocess
import sys
import tempfile

import dkim

MAILS = 10_000
SIGNATURES_CHECKED = 500

FIELDS = ["DKIM-Signature", "Date", "From", "To", "Subject", "Message-ID", "Auto-Submitted",
          "Content-Language", "MIME-Version", "Content-Type"]

# What has broken mailers before, to be mixed with whatever else.
PIECES = [
    "\r\n", "\r", "\n", "\r\n\r\n", "\r\n ", "\n\t", "\0", "\x0b", "\x1c", "\x7f", "\x85",
    "\u2028",
    "Bcc: stranger@x.example", "Content-Type: text/html", "--=_", "MIME-Version: 1.0",
    ",", ";", ":", "@", "<", ">", "<stranger@x.example>", "(", ")", "[", "]", ".", " ", "  ", "\t",
    '"', "'", "\\", '\\"', '"" <x@y.example>,', "=", "=?", "?=", "=?utf-8?q?=0D=0ABcc:_x?=",
    "=?UTF-8?B?QmNjOiB4QHkuZXhhbXBsZQ==?=", "=?iso-8859-1?q?=E6?=", "=?", "=0D=0A", "%0D%0A",
    "æ", "ø", "å", "Æ", "Ø", "Å", "é", "ß", "\u00a0", "\u200b", "\u202e", "\ufeff", "–", "€",
    "😀", "👩‍👩‍👧", "🇩🇰", "e\u0301", "漢字", "Ærøskøbing", "Søren Ærø", "Region Hovedstaden",
    "19. marts 2013",
    ".", "..", "From ", "x" * 80, "ø" * 60, "😀" * 40,
]


def value(draw, length_max=200):
    """Something nobody is called."""
    kind = draw.random()
    if kind < 0.1:
        return draw.choice("xæ😀") * 200
    if kind < 0.2:
        ranges = ((1, 0xD800), (0xE000, 0x110000))  # Every character, but no half of a pair.
        return "".join(chr(draw.randrange(*draw.choice(ranges))) for _ in range(60))
    pieces = "".join(draw.choice(PIECES) for _ in range(draw.randrange(0, 12)))
    return pieces[:length_max]


def line_for(draw, number):
    return {
        "message_id": f"{number:032x}@kkr.example",
        "date": 1_358_924_400 + number,
        "from": value(draw),
        "to": value(draw),
        "address": f"mail{number}@albertslund.example",
        "subject": value(draw),
        "text": value(draw) + "\n",
        "html": value(draw) if draw.random() < 0.5 else "",
        "attachments": [value(draw)] if draw.random() < 0.1 else [],
    }


def one_line(text):
    """What a header shows of a text, said once more in another language."""
    return re.sub("[\0- \x7f-\x9f\u2028\u2029]+", " ", text).strip(" ")


def body_of(part):
    return re.sub("\r\n|\r|\n", "\n", part.get_payload(decode=True).decode("utf-8"))


def lines_of(text):
    return re.sub("\r\n|\r|\n", "\n", text)


def name_and_address(raw):
    name, address = email.utils.parseaddr(raw)
    return str(email.header.make_header(email.header.decode_header(name))), address


def check(line, mail):
    parsed = email.message_from_bytes(mail, policy=email.policy.default)
    plain = email.message_from_bytes(mail)
    fields = parsed.keys()
    expected = FIELDS + ([] if parsed.is_multipart() else ["Content-Transfer-Encoding"])
    assert fields == expected, fields
    assert not parsed.defects, parsed.defects
    assert parsed["Subject"] == one_line(line["subject"]), parsed["Subject"]
    assert parsed["Message-ID"] == f"<{line['message_id']}>"
    assert parsed["Date"].datetime.timestamp() == line["date"]
    for field, name, address in (("From", line["from"], "kkr@kkr.example"),
                                 ("To", line["to"], line["address"])):
        assert not parsed[field].defects, parsed[field].defects
        assert [one.addr_spec for one in parsed[field].addresses] == [address], parsed[field]
        assert name_and_address(plain[field]) == (one_line(name), address), plain[field]
    check_body(line, parsed)


def check_body(line, parsed):
    parts = [part for part in parsed.walk() if not part.is_multipart()]
    files = [part for part in parts if part.is_attachment()]
    words = [part for part in parts if not part.is_attachment()]
    for part in parts:
        assert not part.defects, part.defects
    assert [part.get_content_type() for part in words] == \
        ["text/plain"] + (["text/html"] if line["html"] else [])
    assert body_of(words[0]) == lines_of(line["text"]), (body_of(words[0]), line["text"])
    if line["html"]:
        # The line end before a boundary belongs to the boundary, and MIME keeps none of its own.
        assert body_of(words[1]).rstrip("\n") == lines_of(line["html"]).rstrip("\n")
    assert len(files) == len(line["attachments"])


def read_mails(out):
    while size := out.readline():
        yield out.read(int(size))


def new_key(folder):
    path = f"{folder}/key.pem"
    subprocess.run(["openssl", "genrsa", "-out", path, "2048"], check=True, capture_output=True)
    public = subprocess.run(["openssl", "rsa", "-in", path, "-pubout", "-outform", "DER"],
                            check=True, capture_output=True).stdout
    return path, b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def main():
    compose_mails = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 32)
    print(f"seed {seed}")
    draw = random.Random(seed)
    lines = [line_for(draw, number) for number in range(MAILS)]
    with tempfile.TemporaryDirectory() as folder:
        key, record = new_key(folder)
        composed = subprocess.run([compose_mails, key], check=True, stdout=subprocess.PIPE,
                                  input="".join(json.dumps(line) + "\n" for line in lines).encode())
        with open(f"{folder}/mails", "wb") as file:
            file.write(composed.stdout)
        with open(f"{folder}/mails", "rb") as file:
            mails = list(read_mails(file))
    assert len(mails) == MAILS, len(mails)
    for number, (line, mail) in enumerate(zip(lines, mails)):
        try:
            check(line, mail)
            if number < SIGNATURES_CHECKED:
                assert dkim.verify(mail, dnsfunc=lambda name, timeout=5: record), "the signature"
        except Exception:
            print(f"mail {number} of seed {seed}: {line!r}\n{mail!r}", file=sys.stderr)
            raise
    print(f"{MAILS} mails read back, {SIGNATURES_CHECKED} signatures checked")


if __name__ == "__main__":
    main()
