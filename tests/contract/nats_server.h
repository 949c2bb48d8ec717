// Real nats-servers with JetStream, alone or as a cluster, on free ports, their data in a folder of
// the test's own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/contract/temporary_folder.h"
#include "tests/processes/child_process.h"

namespace kkr::platform {

class NatsServers {
 public:
  // Starts `count` servers, more than one as a cluster, each with the lines `more` in its
  // configuration, and waits until they listen.
  explicit NatsServers(std::size_t count = 1, const std::string& more = "");

  std::size_t count() const { return nodes_.size(); }
  std::vector<std::string> urls() const;
  std::string url(std::size_t node) const;
  // Of the running server.
  pid_t pid(std::size_t node) const { return nodes_.at(node).process->pid(); }
  // What the server says; for when a test fails.
  std::string log_file(std::size_t node) const;

  // kill -9.
  void kill(std::size_t node);
  // Starts a killed server where it was, on what is left of its data.
  void start(std::size_t node);
  // Deletes the data of a killed server.
  void wipe(std::size_t node);

 private:
  struct Node {
    std::uint16_t port = 0;
    std::uint16_t cluster_port = 0;
    std::unique_ptr<processes::ChildProcess> process{};
  };

  std::string name(std::size_t node) const { return "n" + std::to_string(node + 1); }
  void configure(std::size_t node, const std::string& more) const;

  const TemporaryFolder folder_;
  std::vector<Node> nodes_;
};

}  // namespace kkr::platform
