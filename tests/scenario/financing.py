"""The joint secretariat of 2013 in small steps, for tests that need an agreement to stand on."""
import json

from hearing import must
from site_under_test import new_id

REGION = "/v1/regions/hovedstaden"
AGREEMENT = REGION + "/agreements/sekretariat"
HOST = "165"
TERMS = {
    "host": "municipalities/" + HOST,
    "members": {"of": "regions/hovedstaden"},
    "costKinds": ["COST_KIND_SALARY", "COST_KIND_OVERHEAD", "COST_KIND_OTHER"],
    "overhead": {"amount": "75000.00"},
    "key": {"regular": "REFERENCE_YEAR_BEFORE", "firstYear": "REFERENCE_YEAR_SAME"},
    "chargeMonth": 1,
    "firstYear": "FIRST_YEAR_RULE_AT_ONCE",
    "paymentTermDays": 30,
    "vat": {"category": "VAT_CATEGORY_OUT_OF_SCOPE", "exemptionCode": "VATEX-EU-O",
            "reason": "Fælles kommunal opgave uden levering"},
    "account": {"registrationNumber": "0216", "accountNumber": "4069032145"},
    "contact": {"displayName": "Sundhedssekretariatet", "email": "sekretariat@albertslund.example"},
    "dunning": {"steps": 2, "daysBetween": 10, "paymentDays": 10},
}
SALARY = {"title": "Løn, 2 årsværk", "costKind": "COST_KIND_SALARY", "amount": "1425000.00"}


def patch(site, path, resource, actor="secretariat"):
    """An update whose body is the resource and whose request id stands in the query."""
    return site.request("PATCH", f"{path}?requestId={new_id()}", body=json.dumps(resource).encode(),
                        headers={"Content-Type": "application/json", "KKR-Actor": actor})


def agree(site, **terms):
    """The agreement of 8 May 2013 over the 29 municipalities."""
    return must(site.create(REGION + "/agreements", {
        "title": "Fælles kommunalt sundhedssekretariat", "caseNumber": "13-4711",
        "fromDate": "2013-05-08", "versions": [dict(TERMS, **terms)]}, agreementId="sekretariat"))


def members(site, date="2013-05-08"):
    """The codes of the region's municipalities on a date."""
    listed = must(site.get(f"{REGION}/municipalities?asOf={date}&pageSize=1000"))
    return [one["code"] for one in listed["municipalities"]]


def name_recipients(site):
    """A buyer reference for every municipality but the host."""
    for code in members(site):
        if code != HOST:
            must(patch(site, f"{AGREEMENT}/recipients/{code}",
                       {"buyerReference": f"Økonomi {code}"}))


def approve_budget(site, year=2013, lines=(SALARY,), date="2013-05-08"):
    """An approved budget of 1.5 million kroner."""
    must(patch(site, f"{AGREEMENT}/budgets/{year}", {"lines": list(lines)}))
    return must(site.post(f"{AGREEMENT}/budgets/{year}:approve", {
        "approvedBy": "regions/hovedstaden/bodies/kkr", "approvedDate": date}))
