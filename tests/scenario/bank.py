"""Files as banks write them, for tests that pay: movements are (date, kroner, text) or, in a batch
of camt.053, several of them under one number of the bank."""
from decimal import Decimal
from xml.sax.saxutils import escape

CAMT = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."


def danish(kroner):
    """`-1234.50` as `-1.234,50`."""
    whole, ore = f"{Decimal(kroner):,.2f}".split(".")
    return whole.replace(",", ".") + "," + ore


def csv_export(movements, encoding="utf-8-sig"):
    """A Danish bank's CSV export of movements (date, kroner, text)."""
    lines = ["Bogført dato;Tekst;Beløb;Saldo"]
    for date, kroner, text in movements:
        year, month, day = date.split("-")
        quoted = text.replace('"', '""')
        lines.append(f'{day}-{month}-{year};"{quoted}";{danish(kroner)};0,00')
    return "\r\n".join(lines + [""]).encode(encoding)


def _amount(kroner):
    direction = "DBIT" if kroner.startswith("-") else "CRDT"
    return f'<Amt Ccy="DKK">{kroner.lstrip("-")}</Amt>', f"<CdtDbtInd>{direction}</CdtDbtInd>"


def _transaction(kroner, text, number):
    amount, _ = _amount(kroner)
    return (f"<TxDtls><Refs><EndToEndId>e{number}</EndToEndId></Refs>"
            f"<AmtDtls><TxAmt>{amount}</TxAmt></AmtDtls>"
            f"<RmtInf><Ustrd>{escape(text)}</Ustrd></RmtInf></TxDtls>")


def camt053(entries, iban="DK5002164069032145"):
    """A statement of entries (bank's number, date, kroner, [(kroner, text), …])."""
    written = ""
    for number, date, kroner, parts in entries:
        amount, direction = _amount(kroner)
        details = "".join(_transaction(*part, i) for i, part in enumerate(parts))
        written += (f"<Ntry>{amount}{direction}<Sts>BOOK</Sts><BookgDt><Dt>{date}</Dt></BookgDt>"
                    f"<AcctSvcrRef>{number}</AcctSvcrRef><NtryDtls>{details}</NtryDtls></Ntry>")
    return (f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{CAMT}02"><BkToCstmrStmt>'
            f"<Stmt><Id>1</Id><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>{written}</Stmt>"
            "</BkToCstmrStmt></Document>").encode()
