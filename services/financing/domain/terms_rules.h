// What terms may say, whatever the agreement. Pure.
#pragma once

#include <string>

#include "kkr/financing/v1/terms.pb.h"
#include "services/financing/domain/arguments.h"

namespace kkr::financing {

// Notes the first fault in terms, whose fields are named after `field`.
void check_terms(Arguments& arguments, const std::string& field, const v1::Terms& terms);
// Likewise in an address.
void check_address(Arguments& arguments, const std::string& field,
                   const v1::PostalAddress& address);

}  // namespace kkr::financing
