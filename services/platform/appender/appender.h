// The one writer of a log. Takes all waiting commands, decides them one after the other on an
// overlay of the state, commits one transaction for the batch, then answers all from a completion
// pool while the next batch is decided.
#pragma once

#include "services/platform/appender/command.h"

namespace kkr::platform {

// API contract, filled in by the appender's author:
//
//   template <class Domain> class Appender {
//    public:
//     void submit(Command<Domain> command);   // never blocks; completes with kQueueFull when full
//     StatePtr<Domain> state() const;         // the newest committed state, lock-free to hold
//     EventStore& store();                    // for documents and reads
//   };

}  // namespace kkr::platform
