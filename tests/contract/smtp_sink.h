// A mail server within the test: takes mails over real sockets, keeps them, and says on request
// what a server says that does not want one. Knows just as much SMTP as a client needs of it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kkr::platform {

class SmtpSink {
 public:
  // What a recipient meets, by the local part of its address.
  struct Script {
    std::string rcpt{};  // The reply to RCPT when it is not 250.
    std::string data{};  // The reply to the message when it is not 250; `drop`: none, closes.
  };
  struct Mail {
    std::string from;
    std::string to;
    std::string bytes;  // As given, without the dots of the protocol.
  };

  // Listens on a free port of 127.0.0.1.
  SmtpSink();
  ~SmtpSink();
  SmtpSink(const SmtpSink&) = delete;
  SmtpSink& operator=(const SmtpSink&) = delete;

  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  void script(const std::string& local_part, Script script);
  // Closes every connection once it has nothing to answer.
  void close_connections();
  // Closes, without a word, the connection on which the next mail begins.
  void hang_up_once() { hangs_up_ = true; }
  // Only counts from now on: for measuring.
  void keep_nothing() { keeps_ = false; }

  std::vector<Mail> mails() const;
  std::size_t taken() const { return taken_; }
  std::size_t connections() const { return accepted_; }

 private:
  class Conversation;
  void accept_all();
  void hold(int socket);
  Script script_of(const std::string& address) const;
  void keep(Mail mail);

  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> keeps_{true};
  std::atomic<bool> hangs_up_{false};
  std::atomic<std::size_t> taken_{0};
  std::atomic<std::size_t> accepted_{0};
  mutable std::mutex mutex_;
  std::map<std::string, Script> scripts_;
  std::vector<Mail> mails_;
  std::vector<int> open_;
  std::vector<std::thread> conversations_;
  std::thread accepting_;
};

}  // namespace kkr::platform
