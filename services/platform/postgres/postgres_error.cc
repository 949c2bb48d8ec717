#include "services/platform/postgres/postgres_error.h"

#include <string_view>

namespace kkr::platform {

StoreFailure failure_for(const PostgresError& error) {
  const std::string_view state = error.sqlstate;
  if (state == kNotHolderState) return StoreFailure::kNotHolder;
  // A row is there already, or another transaction was quicker.
  if (state == kConflictState || state == "23505") return StoreFailure::kConflict;
  if (state == "53100") return StoreFailure::kStorageFull;
  // Corrupted rows or indexes, and a table or column that ought to be there.
  for (const std::string_view damage : {"XX001", "XX002", "42P01", "42703"})
    if (state == damage) return StoreFailure::kDamaged;
  return StoreFailure::kUnavailable;
}

}  // namespace kkr::platform
