// The demo: the hearing of 6 February 2013 about the framework paper on local health care, played
// on the demo clock from the draft of 23 January to the meeting of 16 April, through the public
// HTTP API and nothing else.
#pragma once

#include <cstdint>

#include "services/all/demo/narrator.h"

namespace kkr::demo {

// Plays against the site on this machine's `port`, which must stand at the beginning: a fresh demo
// site whose clock is at 23 January 2013. Prints a line per step and adds
// to `figures`. Returns the exit code: 0 when the
// counts at the end are those of 2013, 1 after the sentence that says which step failed.
int play_hearing_2013(std::uint16_t port, Figures& figures);

}  // namespace kkr::demo
