// What a bank says has moved on an account, and the identity by which the same movement is known
// when it comes again. Decides nothing about it.
#pragma once

#include <cstddef>
#include <string>

#include "services/platform/money/money.h"
#include "services/platform/time/local_date.h"

namespace kkr::financing {

struct BankMovement {
  // Thirty-two hexadecimal digits; the same whenever the same movement is read from a file.
  std::string identity;
  platform::LocalDate booked_on;
  platform::Money amount;      // Above zero: into the account; below: out of it. Never zero.
  bool is_reversal = false;    // The bank says that it takes back an earlier movement.
  std::string account;         // Fourteen digits, or as the file has it; empty when it names none.
  std::string bank_reference;  // The bank's own number of the movement; empty when it gives none.
  std::string reference;       // What the payer stated as a reference, for machines to read.
  std::string text;            // What the payer or the bank wrote beside it.
  std::string payer;           // Who paid, or was paid.
  std::size_t line = 0;        // Where it stands in the file, counted from 1.
};

}  // namespace kkr::financing
