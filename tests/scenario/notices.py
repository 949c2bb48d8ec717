"""What tests of notices need: somebody in each office, the clock, and the send log."""
import time

from hearing import REGION, ROUND, must

DIRECTOR = "sundhedsdirektoer"


def advance(site, instant):
    """Moves the clock; everything due until then is done when this returns."""
    return must(site.post("/v1/clock:advance", {"to": instant}))


def appoint(site, code, office=DIRECTOR, address=None):
    """Creates the office of a municipality with somebody in it; returns the person."""
    person = must(site.create("/v1/persons", {
        "givenName": "Eksempel", "familyName": f"Direktør {code}",
        "email": address or f"{office}@kommune-{code}.example"}))
    must(site.create(f"/v1/municipalities/{code}/offices",
                     {"title": "Sundhedsdirektør", "fromDate": "2013-01-01"}, officeId=office))
    must(site.post(f"/v1/municipalities/{code}/offices/{office}:appoint",
                   {"person": person["name"], "fromDate": "2013-01-01"}))
    return person


def invited(site, round_path=ROUND):
    """The codes of those the round asks."""
    board = must(site.get(f"{round_path}/invitees?pageSize=1000"))
    return [row["municipality"]["code"] for row in board["invitees"]]


def sends(site, **filters):
    """All sends that fit the filters, in no order."""
    found, token = [], ""
    while True:
        query = "&".join(f"{key}={value}" for key, value in filters.items())
        page = must(site.get(f"{REGION}/sends?pageSize=100&pageToken={token}&{query}"))
        found += page.get("sends", [])
        token = page.get("nextPageToken", "")
        if not token:
            return found


def await_owners(site, seconds=90):
    """Who sends may have started before those it asks; it asks them again by the machine's clock,
    whatever the site's clock says. Returns when no notice waits for that."""
    deadline = time.monotonic() + seconds
    while any(send["state"] in ("STATE_DEFERRED", "STATE_SENDING") for send in sends(site)):
        assert time.monotonic() < deadline, "a notice is still on its way"
        time.sleep(0.1)


def reminders(site):
    """The reminders of the send log: (step, code) → SENT, or the rule it was dropped by."""
    log = {}
    for send in sends(site, occasion="OCCASION_REMINDER"):
        key = send["step"], send["municipality"]
        assert key not in log, f"{key} stands twice in the send log"
        state = send["state"].removeprefix("STATE_")
        log[key] = send["dropRule"].removeprefix("DROP_RULE_") if state == "DROPPED" else state
    return log
