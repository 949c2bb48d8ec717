// A real redis-server for one test: on a socket file in a folder of its own, reached over no
// network, keeping nothing on disk.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/contract/temporary_folder.h"
#include "tests/processes/child_process.h"

namespace kkr::platform {

class RedisServer {
 public:
  // Started and ready.
  RedisServer();

  std::string socket() const { return folder_.path("redis.sock"); }

  // SIGSTOP and SIGCONT.
  void send(int signal) const { process_->send(signal); }
  // Kills it. restart() brings one that has forgotten everything.
  void stop() { process_.reset(); }
  void restart();
  // Has it carry out a command, by redis-cli, and returns the lines of the reply.
  std::vector<std::string> command(const std::vector<std::string>& words) const;

 private:
  TemporaryFolder folder_;
  std::unique_ptr<processes::ChildProcess> process_;
};

}  // namespace kkr::platform
