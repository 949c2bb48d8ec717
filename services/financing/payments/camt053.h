// ISO 20022 bank-to-customer statements, camt.053.001.02 and .08, of one account or several. Takes
// booked entries only, and every transaction of a batch by itself. Refuses other messages and
// versions, other currencies than kroner, and batches that do not add up.
#pragma once

#include <string_view>

#include "services/financing/payments/bank_statement.h"

namespace kkr::financing {

// The booked movements, or every fault.
StatementRead read_camt053(std::string_view bytes);

}  // namespace kkr::financing
