// A gateway before doubles of the services: the board of a round with 98 municipalities, in a
// region whose log goes on by one event a second. Prints its port and serves until its input ends.
#include <chrono>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>

#include "gateway/testing/running_gateway.h"

namespace {

constexpr int kMunicipalities = 98;

// Publishes an event a second for as long as it lives.
class Writer {
 public:
  explicit Writer(kkr::gateway::RunningGateway& site) : site_(site) {}
  ~Writer() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    woken_.notify_all();
    thread_.join();
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (!woken_.wait_for(lock, std::chrono::seconds(1), [this] { return done_; })) {
      site_.backend.go_on();
      site_.publish(site_.backend.position());
    }
  }

  kkr::gateway::RunningGateway& site_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool done_ = false;
  std::thread thread_{[this] { run(); }};
};

}  // namespace

int main() {
  kkr::gateway::RunningGateway site({}, kMunicipalities);
  const Writer writer(site);
  std::cout << site.port() << std::endl;
  std::string line;
  while (std::getline(std::cin, line)) {
  }
}
