#include "services/financing/domain/posting.h"

namespace kkr::financing {
namespace {

// What the lines are: income of the year, or the result of an earlier one.
struct Lines {
  Money income;
  Money result;
};

Lines lines_of(const v1::InvoiceIssued& issued) {
  Lines lines;
  for (const v1::IssuedLine& line : issued.lines()) {
    const bool hands_on = line.purpose() == v1::InvoiceLine::PURPOSE_RESULT;
    (hands_on ? lines.result : lines.income) += Money{line.amount_oere()};
  }
  return lines;
}

PostingGround ground_of(const v1::InvoiceIssued& issued) {
  // The date was checked before it got into the fact.
  return {issued.agreement(), issued.charged_year(),
          platform::parse_date(issued.issue_date()).value_or(LocalDate()), issued.invoice()};
}

void append_entry(v1::LedgerPosting& posting, v1::Account account, const std::string& municipality,
                  Money amount) {
  v1::LedgerEntry& entry = *posting.add_entries();
  entry.set_account(account);
  entry.set_municipality(municipality);
  entry.set_amount_oere(amount.ore);
}

// The buyer is charged, and the host's part falls away again against what it has to get: both stand
// in its statement.
void settle_voucher(v1::LedgerPosting& posting, const std::string& host, Money payable) {
  if (payable == Money{}) return;
  append_entry(posting, v1::ACCOUNT_RECEIVABLE, host, -payable);
  append_entry(posting, v1::ACCOUNT_HOST, host, payable);
}

void add_parts(v1::LedgerPosting& posting, const PaymentParts& parts, bool taken_back) {
  const auto credit = [&](Money amount) { return taken_back ? amount : -amount; };
  for (const AllocatedPart& part : parts.allocated) {
    add_entry(posting, v1::ACCOUNT_RECEIVABLE, part.municipality.text, credit(part.amount));
  }
  add_entry(posting, v1::ACCOUNT_UNALLOCATED, parts.payer.text, credit(parts.unallocated));
}

}  // namespace

v1::LedgerPosting empty_posting(const PostingGround& ground) {
  v1::LedgerPosting posting;
  posting.set_agreement(ground.agreement);
  posting.set_year(ground.year);
  posting.set_date(platform::format_date(ground.date));
  posting.set_source(ground.source);
  return posting;
}

void add_entry(v1::LedgerPosting& posting, v1::Account account, const std::string& municipality,
               Money amount) {
  for (int i = 0; i < posting.entries_size(); ++i) {
    v1::LedgerEntry& entry = *posting.mutable_entries(i);
    if (entry.account() != account || entry.municipality() != municipality) continue;
    entry.set_amount_oere((Money{entry.amount_oere()} + amount).ore);
    if (entry.amount_oere() == 0) posting.mutable_entries()->DeleteSubrange(i, 1);
    return;
  }
  if (amount != Money{}) append_entry(posting, account, municipality, amount);
}

bool is_balanced(const v1::LedgerPosting& posting) {
  Money sum;
  for (const v1::LedgerEntry& entry : posting.entries()) sum += Money{entry.amount_oere()};
  return sum == Money{};
}

v1::LedgerPosting posting_of_invoice(const v1::InvoiceIssued& issued) {
  v1::LedgerPosting posting = empty_posting(ground_of(issued));
  const std::string& buyer = issued.buyer().code();
  const Lines lines = lines_of(issued);
  add_entry(posting, v1::ACCOUNT_RECEIVABLE, buyer, Money{issued.payable_oere()});
  add_entry(posting, v1::ACCOUNT_INCOME, buyer, -lines.income);
  add_entry(posting, v1::ACCOUNT_RESULT, buyer, -lines.result);
  add_entry(posting, v1::ACCOUNT_VAT, "", -Money{issued.vat_oere()});
  if (issued.internal()) settle_voucher(posting, buyer, Money{issued.payable_oere()});
  return posting;
}

v1::LedgerPosting posting_of_credit_note(const v1::InvoiceIssued& note, Money paid) {
  v1::LedgerPosting posting = empty_posting(ground_of(note));
  const std::string& buyer = note.buyer().code();
  const Lines lines = lines_of(note);
  const Money payable{note.payable_oere()};
  add_entry(posting, v1::ACCOUNT_RECEIVABLE, buyer, paid - payable);
  add_entry(posting, v1::ACCOUNT_UNALLOCATED, buyer, -paid);
  add_entry(posting, v1::ACCOUNT_CREDITED, buyer, lines.income);
  add_entry(posting, v1::ACCOUNT_RESULT, buyer, lines.result);
  add_entry(posting, v1::ACCOUNT_VAT, "", Money{note.vat_oere()});
  if (note.internal()) settle_voucher(posting, buyer, -payable);
  return posting;
}

v1::LedgerPosting posting_of_payment(const PostingGround& ground, const PaymentParts& parts) {
  v1::LedgerPosting posting = empty_posting(ground);
  Money moved = parts.unallocated;
  for (const AllocatedPart& part : parts.allocated) moved += part.amount;
  add_entry(posting, v1::ACCOUNT_BANK, "", moved);
  add_parts(posting, parts, false);
  return posting;
}

v1::LedgerPosting posting_of_assignment(const PostingGround& ground, const PaymentParts& before,
                                        const PaymentParts& after) {
  v1::LedgerPosting posting = empty_posting(ground);
  add_parts(posting, before, true);
  add_parts(posting, after, false);
  return posting;
}

v1::LedgerPosting posting_of_return(const PostingGround& ground, const MunicipalityCode& payer,
                                    Money amount) {
  v1::LedgerPosting posting = empty_posting(ground);
  add_entry(posting, v1::ACCOUNT_UNALLOCATED, payer.text, amount);
  add_entry(posting, v1::ACCOUNT_BANK, "", -amount);
  return posting;
}

v1::LedgerPosting posting_of_overhead(const PostingGround& ground, const MunicipalityCode& host,
                                      Money amount) {
  v1::LedgerPosting posting = empty_posting(ground);
  add_entry(posting, v1::ACCOUNT_OVERHEAD, "", amount);
  add_entry(posting, v1::ACCOUNT_HOST, host.text, -amount);
  return posting;
}

}  // namespace kkr::financing
