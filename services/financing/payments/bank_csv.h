// The list of movements that Danish banks let their customers save: semicolons, `1.234,50`,
// dd-mm-yyyy, in UTF-8 or Windows-1252. The columns are known by their names; those that say
// nothing here are passed over. Refuses to guess a column, a sign or a currency.
#pragma once

#include <string_view>

#include "services/financing/payments/bank_statement.h"

namespace kkr::financing {

// The booked movements, or every fault. `account` is the account that the file is about where it
// does not say so itself; it may be empty.
StatementRead read_bank_csv(std::string_view bytes, std::string_view account);

}  // namespace kkr::financing
