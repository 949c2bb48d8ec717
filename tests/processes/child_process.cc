#include "tests/processes/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>

namespace kkr::processes {
namespace {

std::vector<char*> arguments_of(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& each : command) arguments.push_back(const_cast<char*>(each.c_str()));
  arguments.push_back(nullptr);
  return arguments;
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command, Errors errors) {
  std::array<int, 2> pipe{};
  if (pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  if (errors == Errors::kRead) posix_spawn_file_actions_adddup2(&actions, pipe[1], STDERR_FILENO);
  const int error = posix_spawnp(&pid_, command.front().c_str(), &actions, nullptr,
                                 arguments_of(command).data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(pipe[1]);
  output_ = pipe[0];
  if (error == 0) return;
  close(output_);
  throw std::runtime_error(command.front() + ": " + std::strerror(error));
}

ChildProcess::~ChildProcess() {
  send(SIGKILL);
  wait();
  close(output_);
}

void ChildProcess::send(int signal) const {
  if (!ended_) kill(pid_, signal);
}

int ChildProcess::wait() {
  if (ended_) return 0;
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  ended_ = true;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

std::optional<std::string> ChildProcess::read_line() {
  std::array<char, 4096> some{};
  while (read_.find('\n') == std::string::npos) {
    const ssize_t got = read(output_, some.data(), some.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    read_.append(some.data(), static_cast<std::size_t>(got));
  }
  const std::size_t end = read_.find('\n');
  std::string line = read_.substr(0, end);
  read_.erase(0, end + 1);
  return line;
}

void run(const std::vector<std::string>& command) {
  ChildProcess process(command, ChildProcess::Errors::kRead);
  std::string said;
  while (const auto line = process.read_line()) said += *line + "\n";
  if (process.wait() != 0) throw std::runtime_error(command.front() + " failed: " + said);
}

}  // namespace kkr::processes
