// What the readers of banks' files give, whatever the form of the file: movements with identities,
// or faults. Reads only; decides nothing about what it reads.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "services/financing/domain/bank_movement.h"

namespace kkr::financing {

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

constexpr std::size_t kStatementBytesMax = 5 * 1024 * 1024;
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
