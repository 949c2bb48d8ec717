#include "tests/contract/redis_server.h"

#include <stdexcept>

namespace kkr::platform {

RedisServer::RedisServer() { restart(); }

void RedisServer::restart() {
  process_.reset();
  // Ends with a test that crashes, too: ctest would wait for whoever holds the test's output.
  std::vector<std::string> command{"setpriv", "--pdeathsig", "KILL"};
  command.insert(command.end(),
                 {"redis-server", "--port", "0", "--unixsocket", socket(), "--unixsocketperm",
                  "700", "--dir", folder_.path(), "--save", "", "--appendonly", "no", "--maxmemory",
                  "64mb", "--maxmemory-policy", "allkeys-lru"});
  process_ = std::make_unique<processes::ChildProcess>(command);
  while (const auto line = process_->read_line())
    if (line->find("eady to accept connections") != std::string::npos) return;
  throw std::runtime_error("redis-server did not start");
}

std::vector<std::string> RedisServer::command(const std::vector<std::string>& words) const {
  std::vector<std::string> command{"redis-cli", "-s", socket()};
  command.insert(command.end(), words.begin(), words.end());
  processes::ChildProcess client(command);
  std::vector<std::string> lines;
  while (auto line = client.read_line()) lines.push_back(*std::move(line));
  if (client.wait() != 0) throw std::runtime_error("redis-cli failed");
  return lines;
}

}  // namespace kkr::platform
