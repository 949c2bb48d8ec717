#include "services/platform/process/stop_signal.h"

#include <signal.h>
#include <unistd.h>

namespace kkr::platform {
namespace {

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

StopSignal::StopSignal() {
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

int StopSignal::wait() const {
  const sigset_t signals = stop_signals();
  int arrived = 0;
  while (sigwait(&signals, &arrived) != 0) {
  }
  return arrived;
}

bool StopSignal::is_pending() {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1;
}

void StopSignal::request() { kill(getpid(), SIGTERM); }

}  // namespace kkr::platform
