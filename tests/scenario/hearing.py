"""The hearing of 2013 in small steps, for tests that need a round to stand on."""
import datetime

from site_under_test import new_id

REGION = "/v1/regions/hovedstaden"
ROUND = REGION + "/rounds/sundhed-2013"
QUESTIONS = [
    {"id": "maalsaetninger", "title": "Arbejdet med målsætningerne", "required": True,
     "text": {"maxLength": 10000}},
    {"id": "pilotprojekter", "title": "Pilotprojekter",
     "table": {"maxRows": 20, "columns": [
         {"id": "projekt", "title": "Projekt", "required": True, "text": {"maxLength": 500}},
         {"id": "partnere", "title": "Partnere", "municipality": {"several": True}}]}},
    {"id": "akutpladser", "title": "Akutpladser",
     "number": {"unit": "pladser", "decimals": 0, "plausibleMin": "0", "plausibleMax": "100"}},
]
SIGN_OFF = {"signer": "Eksempel Borgmester", "signDate": "2013-02-06"}
TREATMENT = {"kind": "TREATMENT_KIND_ADMINISTRATIVE"}


def in_days(days):
    """A deadline, of a site that goes by the machine's clock."""
    return (datetime.date.today() + datetime.timedelta(days=days)).isoformat()


def must(reply):
    """The reply's JSON; fails with the reply when it is no success."""
    assert 200 <= reply.status < 300, reply
    return reply.json


def open_round(site, round_id="sundhed-2013", deadline="2013-03-19"):
    """A round over an approved paper, open for the 29 municipalities."""
    paper = must(site.create(REGION + "/papers", {"title": "Rammepapir", "area": "somatik"}))
    file = must(site.upload(REGION + "/attachments?filename=papir.txt", "Eksempel på papir\n"))
    must(site.post("/v1/" + paper["name"] + ":addVersion",
                   {"attachments": [{"sha256": file["sha256"], "filename": "papir.txt"}]}))
    must(site.post("/v1/" + paper["name"] + ":approve",
                   {"version": 1, "approvedBy": "regions/hovedstaden/bodies/kkr",
                    "approvedDate": "2013-02-04"}))
    must(site.create(REGION + "/rounds", {
        "title": "Sundhed", "paper": paper["name"], "paperVersion": 1, "questions": QUESTIONS,
        "invitation": {"asOfDate": "2013-02-06"}, "deadlineDate": deadline}, roundId=round_id))
    return must(site.post(f"{REGION}/rounds/{round_id}:open", {}))


def answer_body(text="Vi støtter målsætningerne."):
    """A complete answer, ready for `:submit`."""
    return {"kind": "ANSWER_KIND_ANSWER", "signOff": SIGN_OFF, "treatment": TREATMENT,
            "values": [{"question": "maalsaetninger", "text": text}]}


def submit(site, code, text="Vi støtter målsætningerne.", request_id=None, round_path=ROUND):
    return site.post(f"{round_path}/answers/{code}:submit", answer_body(text),
                     actor=f"municipalities/{code}", request_id=request_id or new_id())
