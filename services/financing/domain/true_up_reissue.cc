#include "services/financing/domain/true_up_reissue.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/financing/domain/credit_commands.h"
#include "services/financing/domain/document.h"
#include "services/financing/domain/invoice_draft.h"
#include "services/financing/domain/payment_commands.h"
#include "services/financing/domain/posting.h"

namespace kkr::financing {
namespace {

using Standing = std::map<MunicipalityCode, InvoiceId>;

// The invoice of each municipality that charges the year and has not been taken back.
Standing standing_invoices(const Financing& state, const Named<YearKey>& year) {
  const std::string agreement = agreement_name(year.region, year.id.agreement);
  Standing standing;
  state.invoices.for_each([&](const InvoiceId& id, const Invoice& invoice) {
    const v1::InvoiceIssued& issued = *invoice.content;
    if (issued.agreement() != agreement || issued.charged_year() != year.id.year ||
        is_credit_note(invoice) || !invoice.credited_by.empty()) {
      return;
    }
    standing.insert_or_assign(MunicipalityCode{issued.buyer().code()}, id);
  });
  return standing;
}

const v1::SplitShare* share_of(const v1::BudgetSplit& split, const std::string& code) {
  const auto found =
      std::find_if(split.shares().begin(), split.shares().end(),
                   [&](const v1::SplitShare& share) { return share.member().code() == code; });
  return found == split.shares().end() ? nullptr : &*found;
}

// What a standing invoice asks for as the share of its year.
Money share_in(const Invoice& invoice) {
  Money share;
  for (const v1::IssuedLine& line : invoice.content->lines()) {
    if (line.purpose() == v1::InvoiceLine::PURPOSE_SHARE) share += Money{line.amount_oere()};
  }
  return share;
}

// The new share, and what the invoice before it bore of earlier years.
std::vector<v1::IssuedLine> corrected_lines(const InvoiceGround& ground, Money share,
                                            const Invoice* before) {
  std::vector<v1::IssuedLine> lines{share_line(ground.agreement, ground.year.year, share)};
  if (before == nullptr) return lines;
  for (const v1::IssuedLine& line : before->content->lines()) {
    if (line.purpose() != v1::InvoiceLine::PURPOSE_SHARE) lines.push_back(line);
  }
  return lines;
}

// Gives out the numbers of one host's series and collects what is issued.
class Reissue {
 public:
  Reissue(const InvoiceGround& ground, Effects& effects)
      : ground_(ground),
        effects_(effects),
        number_(
            last_number(ground.state, MunicipalityCode{ground.split.host()}, ground.issue_date)) {}

  // Takes an invoice back.
  std::optional<Refusal> credit(const InvoiceId& id, const Invoice& invoice) {
    release_payments(ground_.state, ground_.region, id, ground_.issue_date, effects_);
    const InvoiceId note_id{{MunicipalityCode{invoice.content->seller().code()},
                             static_cast<int>(ground_.issue_date.year())},
                            ++number_};
    v1::InvoiceIssued note = credit_note_of(invoice, ground_.region, note_id, ground_.issue_date);
    *note.mutable_posting() = posting_of_credit_note(note, Money{});
    return add(std::move(note), invoice.content.get());
  }

  // Issues one over what `before`, which it takes the place of, asked for and the difference. An
  // earlier true-up may have left its part to the next charge, so that is not always the whole
  // share. Null when it takes no other's place.
  std::optional<Refusal> issue(const v1::SplitMember& member, Money difference,
                               const Invoice* before) {
    const Money share = before == nullptr ? difference : share_in(*before) + difference;
    v1::InvoiceIssued issued =
        draft_invoice(ground_, member, corrected_lines(ground_, share, before));
    if (before != nullptr) issued.set_replaces(before->content->invoice());
    number_invoice(issued, ground_.region, ++number_);
    const std::vector<v1::ChargeFault> faults = faults_in(issued);
    if (!faults.empty()) {
      return refusal(Rejection::kRecipientIncomplete,
                     {{member.code(), v1::ChargeFault_Name(faults.front())}});
    }
    return add(std::move(issued), before == nullptr ? nullptr : before->content.get());
  }

 private:
  std::optional<Refusal> add(v1::InvoiceIssued issued, const v1::InvoiceIssued* preceding) {
    if (auto fault = fault_in_document(issued, preceding)) return fault;
    v1::Event event;
    const InvoiceId id = parse_invoice_name(issued.invoice())->id;
    *event.mutable_invoice_issued() = std::move(issued);
    effects_.facts.push_back({stream_of(id), std::move(event)});
    return std::nullopt;
  }

  const InvoiceGround& ground_;
  Effects& effects_;
  int number_;
};

}  // namespace

std::optional<Refusal> reissue(const Financing& state, const Named<YearKey>& year,
                               const TrueUp& true_up, LocalDate today, Effects& effects) {
  const auto agreement = state.agreements.find(year.id.agreement);
  const auto budget = state.budgets.find(year.id);
  const auto charge = state.charges.find(year.id);
  const auto corrected = parse_split_name(true_up.content.split());
  const SplitPtr split = split_of(*budget, corrected->number);
  // The terms it was charged by: a true-up corrects figures, not what was agreed.
  const LocalDate charged_on = platform::local_date_of(*charge->run_at);
  const InvoiceGround ground{state,
                             year.region,
                             year.id,
                             *agreement,
                             terms_for(*agreement, year.id.year, charged_on),
                             split->content,
                             today};
  const Standing standing = standing_invoices(state, year);
  Reissue reissue(ground, effects);
  for (const v1::TrueUpDifference& row : true_up.content.differences()) {
    const auto found = standing.find(MunicipalityCode{row.code()});
    const auto before = found == standing.end() ? nullptr : state.invoices.find(found->second);
    if (before != nullptr) {
      if (auto fault = reissue.credit(found->second, *before)) return fault;
    }
    const v1::SplitShare* share = share_of(split->content, row.code());
    if (share == nullptr) continue;
    const Money difference = Money{row.correct_oere()} - Money{row.charged_oere()};
    if (auto fault = reissue.issue(share->member(), difference, before.get())) return fault;
  }
  return std::nullopt;
}

}  // namespace kkr::financing
