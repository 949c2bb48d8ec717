// What a bank says has moved on an account, whatever the form of its file, and the identity by
// which the same movement is known when it comes again. Reads only; decides nothing about it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "services/platform/money/money.h"
#include "services/platform/time/local_date.h"

namespace kkr::financing {

struct BankMovement {
  // Thirty-two hexadecimal digits; the same whenever the same movement is read, see
  // give_identities().
  std::string identity;
  platform::LocalDate booked_on;
  platform::Money amount;      // Above zero: into the account; below: out of it. Never zero.
  bool is_reversal = false;    // The bank says that it takes back an earlier movement.
  std::string account;         // As normal_account() writes it; empty when the file names none.
  std::string bank_reference;  // The bank's own number of the movement; empty when it gives none.
  std::string reference;       // What the payer stated as a reference, for machines to read.
  std::string text;            // What the payer or the bank wrote beside it.
  std::string payer;           // Who paid, or was paid.
  std::size_t line = 0;        // Where it stands in the file, counted from 1.
};

// What is wrong in a file. `place` is the column or the element, empty when it is the line as a
// whole; `reason` ends the sentence "Line 3, Beløb: …".
struct StatementFault {
  std::size_t line = 0;
  std::string place;
  std::string reason;
};

struct BankStatement {
  std::vector<BankMovement> movements;  // In the order of the file.
  std::size_t passed_over = 0;          // Not booked yet, or of zero kroner.
};

// A file is taken as a whole or not at all: the movements, or its faults, the first hundred of
// them.
using StatementRead = std::variant<BankStatement, std::vector<StatementFault>>;

constexpr std::size_t kStatementBytesMax = 8 * 1024 * 1024;
constexpr std::size_t kStatementFaultsMax = 100;
constexpr std::size_t kMovementTextMax = 1000;  // Characters; what is longer is cut.

// Gives every movement its identity: the account and the bank's number of it, or when there is
// none, everything that is known of it. Several in one file that agree in all of that are told
// apart by counting. So a movement that stands in two files is the same one, as long as both hold
// all movements of its day that look like it.
void give_identities(std::vector<BankMovement>& movements);

// `account` as registration and account number in fourteen digits, from a Danish IBAN or from both
// numbers; anything else without the white space.
std::string normal_account(std::string_view account);

// On one line, white space and control characters made single spaces, cut after kMovementTextMax.
std::string normal_text(std::string_view text);

}  // namespace kkr::financing
