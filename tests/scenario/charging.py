"""A secretariat that charges and is paid, in small steps, for tests that need invoices."""
import urllib.parse

from financing import AGREEMENT, agree, approve_budget, name_recipients
from hearing import must
from site_under_test import Site, new_id

CLOCK = "2013-05-08T08:00:00Z"


def advance(site, date):
    """Moves the demo clock to the morning of the day."""
    return must(site.post("/v1/clock:advance", {"to": date + "T08:00:00Z"}))


def charge(site, year=2013, agreement=AGREEMENT):
    """Splits the year's approved budget and charges it; returns the charge."""
    must(site.post(f"{agreement}/budgets/{year}/splits", {}))
    return must(site.post(f"{agreement}/charges/{year}-annual:run", {}))


def charged_site(test):
    """A site on 8 May 2013 with the 29 shares of 1.5 million kroner charged; gone with the test."""
    site = Site(demo_clock=CLOCK)
    test.addCleanup(site.__exit__)
    site.start()
    agree(site)
    name_recipients(site)
    approve_budget(site)
    charge(site)
    return site


def invoices_of(site, year=2013, agreement=AGREEMENT):
    """The invoices that charge a year, the host's voucher among them, by municipality code."""
    region = agreement[:agreement.index("/agreements/")]
    query = urllib.parse.urlencode({"pageSize": 1000, "chargedYear": year,
                                    "agreement": agreement.removeprefix("/v1/")})
    listed = must(site.get(f"{region}/invoices?{query}")).get("invoices", [])
    return {one["buyer"]["code"]: one for one in listed if one["kind"] == "KIND_INVOICE"}


def import_payments(site, content, agreement=AGREEMENT, expect=200):
    """Uploads a bank's file; the reply's JSON, or with `expect` 400 the reply."""
    region = agreement[:agreement.index("/agreements/")]
    kind = "application/xml" if content.lstrip().startswith(b"<") else "text/csv"
    query = urllib.parse.urlencode({"agreement": agreement.removeprefix("/v1/"),
                                    "requestId": new_id()})
    reply = site.upload(f"{region}/payments:import?{query}", content, kind)
    if expect != 200:
        assert reply.status == expect, reply
        return reply
    told = must(reply)
    return dict({"matched": 0, "ambiguous": 0, "unknown": 0, "knownBefore": 0}, **told)


def balance_is_zero(test, site, agreement=AGREEMENT):
    """Debits are credits, over all years; returns the balances in kroner by account."""
    trial = must(site.get(agreement + ":trialBalance"))
    test.assertEqual(trial["debitTotal"], trial["creditTotal"])
    return {row["account"]: row["balance"] for row in trial.get("rows", [])}
