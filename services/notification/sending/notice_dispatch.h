// What the facts of this service's log make of the table of sends.
#pragma once

#include "kkr/notification/v1/events.pb.h"
#include "services/notification/sending/send_table.h"

namespace kkr::notification {

// One send for each recipient of a notice, and for each one the plan dropped; the persons that were
// forgotten. Facts that concern neither make nothing.
Dispatch dispatch_of(const v1::Event& event);

// The rule by which a notice is dropped as it is kept: `SUPERSEDED` for DROP_RULE_SUPERSEDED.
std::string drop_word(v1::DropRule rule);
// The other way round; unspecified for anything else.
v1::DropRule drop_rule_of(const std::string& word);

}  // namespace kkr::notification
