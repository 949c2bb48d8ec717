// An invoice to one member as it will be issued: what the split, the terms and the recipient make
// of it. Pure.
#pragma once

#include <string>
#include <vector>

#include "kkr/financing/v1/charges.pb.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

// What every invoice of a charge shares. All of it must outlive the draft.
struct InvoiceGround {
  const Financing& state;
  std::string region;
  YearKey year;
  const Agreement& agreement;
  const TermsVersion& terms;
  const v1::BudgetSplit& split;
  LocalDate issue_date;
};

// The invoice over these lines to a member, with totals, due date, recipient and references, less
// its name and its posting. To the host it is a voucher.
v1::InvoiceIssued draft_invoice(const InvoiceGround& ground, const v1::SplitMember& member,
                                const std::vector<v1::IssuedLine>& lines);

// Names it `number` in the host's series and says what it moves in the ledger.
void number_invoice(v1::InvoiceIssued& issued, std::string_view region, int number);

// The last number of the host's series in the year of issue.
int last_number(const Financing& state, const MunicipalityCode& host, LocalDate issue_date);

// What keeps a draft from being issued.
std::vector<v1::ChargeFault> faults_in(const v1::InvoiceIssued& issued);

// The line of a share.
v1::IssuedLine share_line(const Agreement& agreement, int year, Money share);

}  // namespace kkr::financing
