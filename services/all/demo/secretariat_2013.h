// The demo goes on: the joint secretariat of 2013 is paid for, from the agreement of 8 May over the
// split, the invoices and the bank's file to a municipality's statement, through the public HTTP
// API and nothing else.
#pragma once

#include <cstdint>

#include "services/all/demo/narrator.h"

namespace kkr::demo {

// Plays against the site on this machine's `port` after the hearing. Prints a line per step and
// adds to `figures`. Returns the exit code: 0 when the figures at the end are those of 2013, 1
// after the sentence that says which step failed.
int play_secretariat_2013(std::uint16_t port, Figures& figures);

}  // namespace kkr::demo
