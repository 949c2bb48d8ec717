// Takes the sends of a region over from the file of an embedded site into the tables of PostgreSQL,
// for the import of the log they belong to.
#pragma once

#include "services/platform/import/import_log.h"

namespace kkr::notification {

// The rows as they stand, so that what went out does not go out again, what is under way is tried
// again, and whose letters were erased gets none. Refuses a file of another log, of another kind of
// site, or of a shape that this program does not know.
platform::ImportCompanion import_sends();

}  // namespace kkr::notification
