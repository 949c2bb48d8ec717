// The way out of the house: a file leaves only when it has been read back and every rule holds.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "services/financing/einvoice/finding.h"
#include "services/financing/einvoice/invoice.h"

namespace kkr::financing::einvoice {

// What is wrong with the file; empty when nothing is. A file that is not written right is not
// judged by what it says.
std::vector<Finding> check_ubl(std::string_view bytes);

// The file of UBL 2.1, or why it may not leave: a rule is broken, or reading it back gives another
// invoice (KKR-READ-BACK). Nothing is changed or sent.
std::variant<std::string, std::vector<Finding>> to_checked_ubl(const Invoice& invoice);

// `faktura-165-2013-1.xml`, `kreditnota-….html`: the kind, the number with everything but letters,
// digits and `-` left out, and the ending.
std::string file_name(const Invoice& invoice, std::string_view ending);

}  // namespace kkr::financing::einvoice
