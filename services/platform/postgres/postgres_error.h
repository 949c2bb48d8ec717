// What PostgreSQL, or the way to it, said no with.
#pragma once

#include <string>

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

struct PostgresError {
  std::string sqlstate;  // `08006` when the connection was lost: what was sent may have been done.
  std::string sentence;  // For an operator; without values of rows.

  bool connection_lost() const { return sqlstate == kConnectionLost; }
  static constexpr const char* kConnectionLost = "08006";
};

// Raised by functions of our own schema.
inline constexpr const char* kNotHolderState = "KR001";
inline constexpr const char* kConflictState = "KR002";

// What the error means to a caller that wanted to write or read; kOutcomeUnknown is for the caller
// to tell, who knows whether a COMMIT was under way.
StoreFailure failure_for(const PostgresError& error);

}  // namespace kkr::platform
