// SIGTERM and SIGINT as something to wait for instead of something that strikes.
#pragma once

namespace kkr::platform {

class StopSignal {
 public:
  // Holds the signals back in this thread and every one started after it, so make it first. Also
  // has writing to a closed connection fail instead of ending the process.
  StopSignal();

  // Returns the first of the signals that arrives.
  int wait() const;
  // Whether one has arrived that nobody has waited for yet.
  static bool is_pending();
  // Sends one to this process: what wait() waits for.
  static void request();
};

}  // namespace kkr::platform
