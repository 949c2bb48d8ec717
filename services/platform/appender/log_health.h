// Whether a log can be written and its store vouches for itself.
#pragma once

#include <string>

namespace kkr::platform {

struct LogHealth {
  bool read_only = false;
  std::string sentence;  // What is wrong and what to do; empty when nothing is.
  // The store could not be asked. The log is read again by itself once it can be.
  bool may_pass = false;
};

}  // namespace kkr::platform
