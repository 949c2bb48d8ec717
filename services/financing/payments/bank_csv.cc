#include "services/financing/payments/bank_csv.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "services/platform/csv/csv_table.h"
#include "services/platform/field/encoding.h"

namespace kkr::financing {
namespace {

using platform::CsvTable;
using Names = std::vector<std::string_view>;

// What banks call their columns, in lower case; of several in one file the first listed counts.
const Names kDate = {"bogført dato", "bogføringsdato", "bogføringsdag", "posteringsdato", "dato"};
const Names kAmount = {"beløb", "beløb i dkk", "beløb (dkk)", "beløb dkk", "bogført beløb"};
const Names kReference = {"betalingsreference", "kreditorreference", "reference", "fakturanummer"};
const Names kPayer = {"indbetaler", "afsender", "modpart", "navn"};
const Names kBankReference = {"arkivreference",  "bankens arkivreference", "bankreference",
                              "transaktions-id", "transaktionsid",         "posteringsnummer"};
const Names kAccount = {"kontonummer", "konto", "iban"};
const Names kCurrency = {"valuta", "møntsort"};
const Names kStatus = {"status"};
// All that stand in the file count.
const Names kTexts = {"tekst",      "posteringstekst", "beskrivelse", "supplerende tekst",
                      "meddelelse", "besked"};

const Names kBooked = {"", "bogført", "udført", "gennemført"};
const Names kNotBooked = {"venter", "afventer", "reserveret", "ikke bogført"};

bool contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Lower case, also for the three letters that Danish adds.
std::string lower(std::string_view text) {
  std::string lowered(text);
  for (std::size_t i = 0; i < lowered.size(); ++i) {
    char& c = lowered[i];
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool danish = i > 0 && lowered[i - 1] == '\xC3' &&
                        (c == '\x86' || c == '\x98' || c == '\x85');  // Æ, Ø, Å
    if (danish) c = static_cast<char>(c + 0x20);
  }
  return lowered;
}

// `31-01-2013`, `31.01.2013` or `2013-01-31`: the forms that cannot be taken for each other.
std::optional<platform::LocalDate> date_of(const std::string& text) {
  if (text.size() != 10) return std::nullopt;
  const bool danish = (text[2] == '-' || text[2] == '.') && text[5] == text[2];
  if (!danish) return platform::parse_date(text);
  return platform::parse_date(text.substr(6) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2));
}

std::optional<platform::Money> amount_of(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  return platform::parse_danish_money(text);
}

class BankCsvReader {
 public:
  BankCsvReader(const CsvTable& table, std::string_view account)
      : table_(table), account_(account) {
    for (const std::string& column : table.columns()) columns_.push_back(lower(column));
  }

  StatementRead read() {
    find_columns();
    for (const CsvTable::Row& row : table_.rows()) {
      if (!faults_.empty() && faults_.front().line == 1) break;  // Not without the columns.
      read_row(row);
    }
    if (!faults_.empty()) {
      faults_.resize(std::min(faults_.size(), kStatementFaultsMax));
      return std::move(faults_);
    }
    give_identities(statement_.movements);
    return std::move(statement_);
  }

 private:
  using Column = std::optional<std::size_t>;

  Column find(const Names& names) const {
    for (const std::string_view name : names) {
      const auto found = std::find(columns_.begin(), columns_.end(), name);
      if (found != columns_.end()) return static_cast<std::size_t>(found - columns_.begin());
    }
    return std::nullopt;
  }

  void find_columns() {
    date_ = find(kDate);
    amount_ = find(kAmount);
    reference_ = find(kReference);
    payer_ = find(kPayer);
    bank_reference_ = find(kBankReference);
    account_column_ = find(kAccount);
    currency_ = find(kCurrency);
    status_ = find(kStatus);
    if (!date_) faults_.push_back({1, "Dato", "the file lacks this column"});
    if (!amount_) faults_.push_back({1, "Beløb", "the file lacks this column"});
    if (!find(kTexts) && !reference_) {
      faults_.push_back({1, "Tekst", "the file lacks this column"});
    }
  }

  void read_row(const CsvTable::Row& row) {
    const std::string status = lower(cell(row, status_));
    if (contains(kNotBooked, status)) {
      ++statement_.passed_over;
      return;
    }
    const std::size_t faults_before = faults_.size();
    if (!contains(kBooked, status)) blame(row, status_, "this is neither booked nor waiting");
    const std::string currency = cell(row, currency_);
    if (!currency.empty() && currency != "DKK") blame(row, currency_, "only kroner are read");
    const auto date = date_of(cell(row, date_));
    if (!date) blame(row, date_, "this is no date dd-mm-yyyy");
    const auto amount = amount_of(cell(row, amount_));
    if (!amount) blame(row, amount_, "this is no amount such as 1.234,50");
    if (faults_.size() > faults_before) return;
    if (amount->ore == 0) {
      ++statement_.passed_over;
      return;
    }
    statement_.movements.push_back(movement_of(row, *date, *amount));
  }

  BankMovement movement_of(const CsvTable::Row& row, platform::LocalDate date,
                           platform::Money amount) const {
    BankMovement movement;
    movement.booked_on = date;
    movement.amount = amount;
    const std::string own_account = cell(row, account_column_);
    movement.account = normal_account(own_account.empty() ? account_ : own_account);
    movement.bank_reference = normal_text(cell(row, bank_reference_));
    movement.reference = normal_text(cell(row, reference_));
    movement.text = text_of(row);
    movement.payer = normal_text(cell(row, payer_));
    movement.line = row.line;
    return movement;
  }

  std::string text_of(const CsvTable::Row& row) const {
    std::string text;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!contains(kTexts, columns_[i]) || row.cells[i].empty()) continue;
      if (!text.empty()) text += "; ";
      text += row.cells[i];
    }
    return normal_text(text);
  }

  std::string cell(const CsvTable::Row& row, Column column) const {
    return column ? normal_text(row.cells[*column]) : "";
  }

  void blame(const CsvTable::Row& row, Column column, std::string reason) {
    faults_.push_back({row.line, table_.columns()[*column], std::move(reason)});
  }

  const CsvTable& table_;
  const std::string account_;
  std::vector<std::string> columns_;  // Their names in lower case.
  Column date_, amount_, reference_, payer_, bank_reference_, account_column_, currency_, status_;
  BankStatement statement_;
  std::vector<StatementFault> faults_;
};

}  // namespace

StatementRead read_bank_csv(std::string_view bytes, std::string_view account) {
  const auto refuse = [](std::size_t line, std::string place, std::string reason) {
    return std::vector{StatementFault{line, std::move(place), std::move(reason)}};
  };
  if (bytes.size() > kStatementBytesMax) return refuse(1, "", "the file is larger than 5 MiB");
  std::string text(bytes);
  if (platform::find_bad_utf8(bytes)) {
    auto converted = platform::from_windows_1252(bytes);
    if (!converted) return refuse(1, "", "the file is neither UTF-8 nor Windows-1252");
    text = std::move(*converted);
  }
  const auto table = CsvTable::read(text, ';');
  if (const auto* fault = std::get_if<platform::CsvFault>(&table)) {
    return refuse(fault->line, fault->column, fault->reason);
  }
  return BankCsvReader(std::get<CsvTable>(table), account).read();
}

}  // namespace kkr::financing
