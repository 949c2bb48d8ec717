// Why a service has no log of a region.
#pragma once

namespace kkr::platform {

enum class NoSuchLog {
  kUnknown,  // There is no such region.
  kNoReply,  // Whether there is could not be found out now.
};

}  // namespace kkr::platform
