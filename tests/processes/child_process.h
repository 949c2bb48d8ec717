// Another program, started by a test and gone with it, whatever the test has done to it.
#pragma once

#include <sys/types.h>

#include <csignal>
#include <optional>
#include <string>
#include <vector>

namespace kkr::processes {

class ChildProcess {
 public:
  enum class Errors { kShown, kRead };  // What it writes on standard error.

  // Starts the program, found on PATH when it has no slash, with its output to be read by
  // read_line(): one that writes much must be read. Throws when there is no such program.
  explicit ChildProcess(const std::vector<std::string>& command, Errors errors = Errors::kShown);
  // Kills it, stopped or not.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }
  // SIGTERM, SIGKILL, SIGSTOP, SIGCONT.
  void send(int signal) const;
  // Waits for its end. The exit code, or minus the signal that ended it.
  int wait();
  // The next line of its output; nullopt once it has closed it.
  std::optional<std::string> read_line();

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  bool ended_ = false;
  std::string read_;
};

// Runs the program to its end. Throws unless it succeeds, with what it wrote.
void run(const std::vector<std::string>& command);

}  // namespace kkr::processes
