#include "services/financing/payments/camt053.h"

#include <optional>
#include <string>
#include <utility>

#include "services/platform/xml/xml_document.h"

namespace kkr::financing {
namespace {

using platform::Money;
using platform::XmlElement;

constexpr std::string_view kVersion02 = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02";
constexpr std::string_view kVersion08 = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

// ISO 20022 writes a decimal point and as many decimals as there are: `5`, `5.5`, `5.50`, `5.5000`.
std::optional<Money> amount_of(std::string text) {
  if (text.starts_with('-')) return std::nullopt;
  const std::size_t point = text.find('.');
  if (point == text.npos) return platform::parse_money(text);
  while (text.size() > point + 3 && text.back() == '0') text.pop_back();
  while (text.size() < point + 3) text += '0';
  return platform::parse_money(text);
}

// What banks write where a payer gave no end-to-end id.
std::string stated(std::string id) { return id == "NOTPROVIDED" ? "" : id; }

std::string all_texts(const std::vector<XmlElement>& elements) {
  std::string text;
  for (const XmlElement& element : elements) {
    if (!text.empty()) text += "; ";
    text += element.text();
  }
  return text;
}

class Camt053Reader {
 public:
  StatementRead read(XmlElement root) {
    const auto statements = root.child("BkToCstmrStmt").children("Stmt");
    if (statements.empty()) blame(root, "Stmt", "the file holds no statement");
    for (const XmlElement& statement : statements) {
      account_ = account_of(statement.child("Acct"));
      for (const XmlElement& entry : statement.children("Ntry")) read_entry(entry);
    }
    if (!faults_.empty()) return std::move(faults_);
    give_identities(statement_.movements);
    return std::move(statement_);
  }

 private:
  static std::string account_of(XmlElement account) {
    const std::string iban = account.at("Id/IBAN").text();
    return normal_account(iban.empty() ? account.at("Id/Othr/Id").text() : iban);
  }

  void read_entry(XmlElement entry) {
    const XmlElement status = entry.child("Sts");
    const std::string code = status.child("Cd") ? status.child("Cd").text() : status.text();
    if (code == "PDNG" || code == "INFO" || code == "FUTR") {
      ++statement_.passed_over;
      return;
    }
    if (code != "BOOK") return blame(entry, "Sts", "an entry is BOOK, PDNG, FUTR or INFO");
    const auto amount = signed_amount(entry, entry.child("Amt"), entry.child("CdtDbtInd"));
    const auto date = date_of(entry);
    if (!amount || !date) return;
    BankMovement movement;
    movement.booked_on = *date;
    movement.amount = *amount;
    const std::string reversal = entry.child("RvslInd").text();
    movement.is_reversal = reversal == "true" || reversal == "1";
    movement.account = account_;
    movement.bank_reference = normal_text(entry.child("AcctSvcrRef").text());
    movement.text = normal_text(entry.child("AddtlNtryInf").text());
    movement.line = entry.line();
    read_transactions(entry, movement);
  }

  // An entry without transactions, or with one, is one movement; otherwise each transaction is.
  void read_transactions(XmlElement entry, const BankMovement& whole) {
    std::vector<XmlElement> transactions;
    for (const XmlElement& details : entry.children("NtryDtls")) {
      for (const XmlElement& one : details.children("TxDtls")) transactions.push_back(one);
    }
    if (transactions.empty()) return keep(whole);
    if (transactions.size() == 1) return keep(detailed(whole, transactions[0], whole.amount));
    Money sum;
    std::vector<BankMovement> parts;
    for (const XmlElement& transaction : transactions) {
      const auto amount = amount_of_part(entry, transaction);
      if (!amount) return;
      const auto total = platform::checked_sum(sum, *amount);
      if (!total) return blame(entry, "Amt", "the sum of the transactions is too large");
      sum = *total;
      parts.push_back(detailed(whole, transaction, *amount));
    }
    if (sum != whole.amount) {
      return blame(entry, "Amt",
                   "the transactions come to " + platform::format_danish_money(sum) +
                       ", the entry to " + platform::format_danish_money(whole.amount));
    }
    for (const BankMovement& part : parts) keep(part);
  }

  // Version 08 states amount and direction in the transaction; before, the amount stands among its
  // details and the direction is that of the entry.
  std::optional<Money> amount_of_part(XmlElement entry, XmlElement transaction) {
    XmlElement amount = transaction.child("Amt");
    if (!amount) amount = transaction.at("AmtDtls/TxAmt/Amt");
    if (!amount) {
      blame(transaction, "TxAmt", "a transaction of several has no amount of its own");
      return std::nullopt;
    }
    const XmlElement own = transaction.child("CdtDbtInd");
    return signed_amount(transaction, amount, own ? own : entry.child("CdtDbtInd"));
  }

  static BankMovement detailed(BankMovement movement, XmlElement transaction, Money amount) {
    const XmlElement references = transaction.child("Refs");
    const std::string own_number = references.child("AcctSvcrRef").text();
    const std::string end_to_end = stated(references.child("EndToEndId").text());
    if (!own_number.empty()) movement.bank_reference = normal_text(own_number);
    // In a batch the bank's number is often that of the whole, and the payer's need not be unique:
    // there a movement is known by both together.
    if (amount != movement.amount && !movement.bank_reference.empty()) {
      movement.bank_reference = normal_text(movement.bank_reference + "/" + end_to_end);
    }
    movement.amount = amount;
    const XmlElement remittance = transaction.child("RmtInf");
    movement.reference = reference_of(remittance);
    if (movement.reference.empty()) movement.reference = normal_text(end_to_end);
    const std::string text = normal_text(all_texts(remittance.children("Ustrd")));
    const std::string note = normal_text(transaction.child("AddtlTxInf").text());
    for (const std::string& more : {text, note}) {
      if (more.empty()) continue;
      movement.text = normal_text(movement.text.empty() ? more : movement.text + "; " + more);
    }
    movement.payer = party_of(transaction, movement.amount);
    movement.line = transaction.line();
    return movement;
  }

  // What was written for machines: a creditor's reference, or the number of the invoice.
  static std::string reference_of(XmlElement remittance) {
    std::vector<XmlElement> stated;
    for (const XmlElement& structured : remittance.children("Strd")) {
      const XmlElement reference = structured.at("CdtrRefInf/Ref");
      if (reference) stated.push_back(reference);
      for (const XmlElement& document : structured.children("RfrdDocInf")) {
        if (document.child("Nb")) stated.push_back(document.child("Nb"));
      }
    }
    return normal_text(all_texts(stated));
  }

  // Who paid in, or whom we paid.
  static std::string party_of(XmlElement transaction, Money amount) {
    const XmlElement party = transaction.child("RltdPties").child(amount.ore > 0 ? "Dbtr" : "Cdtr");
    const XmlElement name = party.child("Nm") ? party.child("Nm") : party.at("Pty/Nm");
    return normal_text(name.text());
  }

  std::optional<Money> signed_amount(XmlElement place, XmlElement amount, XmlElement direction) {
    if (!amount || !direction) {
      blame(place, amount ? "CdtDbtInd" : "Amt", "the element is missing");
      return std::nullopt;
    }
    if (amount.attribute("Ccy") != "DKK") {
      blame(amount, "Amt", "only kroner are read");
      return std::nullopt;
    }
    const auto money = amount_of(amount.text());
    const std::string way = direction.text();
    if (!money) blame(amount, "Amt", "this is no amount of kroner and øre");
    if (way != "CRDT" && way != "DBIT")
      blame(direction, "CdtDbtInd", "this is neither CRDT nor DBIT");
    if (!money || (way != "CRDT" && way != "DBIT")) return std::nullopt;
    return way == "CRDT" ? *money : -*money;
  }

  std::optional<platform::LocalDate> date_of(XmlElement entry) {
    const XmlElement booked = entry.child("BookgDt");
    const std::string day =
        booked.child("Dt") ? booked.child("Dt").text() : booked.child("DtTm").text().substr(0, 10);
    auto date = platform::parse_date(std::string_view(day).substr(0, 10));
    if (!date) blame(booked ? booked : entry, "BookgDt", "this is no date yyyy-mm-dd");
    return date;
  }

  void keep(BankMovement movement) {
    if (movement.amount.ore == 0) {
      ++statement_.passed_over;
    } else {
      statement_.movements.push_back(std::move(movement));
    }
  }

  void blame(XmlElement element, std::string place, std::string reason) {
    if (faults_.size() == kStatementFaultsMax) return;
    faults_.push_back({element.line(), std::move(place), std::move(reason)});
  }

  std::string account_;
  BankStatement statement_;
  std::vector<StatementFault> faults_;
};

}  // namespace

StatementRead read_camt053(std::string_view bytes) {
  const auto document = platform::XmlDocument::read(bytes, kStatementBytesMax);
  if (const auto* fault = std::get_if<platform::XmlFault>(&document)) {
    return std::vector{
        StatementFault{fault->line, "column " + std::to_string(fault->column), fault->reason}};
  }
  const XmlElement root = std::get<platform::XmlDocument>(document).root();
  const bool known = root.name() == "Document" &&
                     (root.name_space() == kVersion02 || root.name_space() == kVersion08);
  if (!known) {
    return std::vector{StatementFault{root.line(), std::string(root.name()),
                                      "this is neither camt.053.001.02 nor camt.053.001.08"}};
  }
  return Camt053Reader().read(root);
}

}  // namespace kkr::financing
