// What each fact moves in the books: entries that add up to zero, debits above zero and credits
// below. These are the only postings there are; none of them rounds. Pure.
//
//   RECEIVABLE   of a municipality: what is open on its invoices
//   UNALLOCATED  of a municipality, or of nobody known: below zero what is held for it, above zero
//                what it owes without an invoice
//   RESULT       of a municipality: below zero its part of a surplus carried to the next invoices
//   HOST         below zero what the host has to get for costs and overhead
#pragma once

#include <string>
#include <vector>

#include "kkr/financing/v1/charge_events.pb.h"
#include "kkr/financing/v1/ledger.pb.h"
#include "services/financing/domain/ids.h"
#include "services/platform/money/money.h"
#include "services/platform/time/local_date.h"

namespace kkr::financing {

using platform::LocalDate;
using platform::Money;

// Where a posting belongs and what it rests on.
struct PostingGround {
  std::string agreement;  // By name.
  int year = 0;
  LocalDate date;
  std::string source;  // An invoice, a payment or a year end, by name.
};

// Whether the entries add up to zero, as those of every posting made here.
bool is_balanced(const v1::LedgerPosting& posting);

// The buyer owes what is to be paid; the lines are income, or the result they hand on. A voucher is
// settled at once against what the host has to get. Everything in `issued` but the posting is set.
v1::LedgerPosting posting_of_invoice(const v1::InvoiceIssued& issued);
// The whole of an invoice is taken back. `paid` of it had been paid and is now held for the buyer.
v1::LedgerPosting posting_of_credit_note(const v1::InvoiceIssued& note, Money paid);

struct AllocatedPart {
  MunicipalityCode municipality;
  Money amount;
};

// Money moved at the bank: in above zero, out below.
struct PaymentParts {
  std::vector<AllocatedPart> allocated;  // To invoices.
  MunicipalityCode payer;                // Whose the rest is; empty when nobody knows.
  Money unallocated;
};

v1::LedgerPosting posting_of_payment(const PostingGround& ground, const PaymentParts& parts);
// The parts are others now; their sum is the same.
v1::LedgerPosting posting_of_assignment(const PostingGround& ground, const PaymentParts& before,
                                        const PaymentParts& after);
// What was unallocated is paid back.
v1::LedgerPosting posting_of_return(const PostingGround& ground, const MunicipalityCode& payer,
                                    Money amount);

// The host has earned its overhead.
v1::LedgerPosting posting_of_overhead(const PostingGround& ground, const MunicipalityCode& host,
                                      Money amount);

// Adds an entry unless it is zero; entries of one account and municipality become one.
void add_entry(v1::LedgerPosting& posting, v1::Account account, const std::string& municipality,
               Money amount);
v1::LedgerPosting empty_posting(const PostingGround& ground);

}  // namespace kkr::financing
