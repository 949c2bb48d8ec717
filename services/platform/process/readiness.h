// Whether this process should be sent work, and what stands in the way. Each part reports for
// itself; the process is ready when all of them are and it is not about to stop.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace kkr::platform {

class Readiness {
 public:
  // `sentence` says why a part is not ready, or what is wrong with a part that serves nevertheless.
  void set(const std::string& part, bool ready, std::string sentence = {});
  // From now on the process is not ready, whatever the parts say.
  void start_draining();

  bool ready() const;
  // Why not, in a sentence; nullopt when it is ready.
  std::optional<std::string> not_ready_because() const;
  // {"ready":false,"draining":false,"parts":[{"part":"registry","ready":false,"sentence":"..."}]}
  std::string json() const;

 private:
  struct State {
    bool ready = false;
    std::string sentence;
  };

  bool ready_locked() const;

  mutable std::mutex mutex_;
  bool draining_ = false;
  std::map<std::string, State> parts_;
};

}  // namespace kkr::platform
