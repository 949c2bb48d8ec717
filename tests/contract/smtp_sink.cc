#include "tests/contract/smtp_sink.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

namespace kkr::platform {
namespace {

// What stands between the angle brackets of `MAIL FROM:<a@b>`.
std::string path_of(const std::string& line) {
  const std::size_t open = line.find('<');
  const std::size_t close = line.find('>');
  if (open == std::string::npos || close == std::string::npos) return {};
  return line.substr(open + 1, close - open - 1);
}

}  // namespace

class SmtpSink::Conversation {
 public:
  Conversation(SmtpSink& sink, int socket) : sink_(sink), socket_(socket) {}

  void hold() {
    say("220 sink ready");
    for (auto line = hear(); line; line = hear()) {
      if (!answer(*line)) return;
    }
  }

 private:
  // False when the conversation is over.
  bool answer(const std::string& line) {
    const std::string verb = line.substr(0, 4);
    if (verb == "EHLO") return say("250-sink\r\n250 8BITMIME");
    if (verb == "MAIL") {
      if (sink_.hangs_up_.exchange(false)) return false;
      mail_ = {path_of(line), "", ""};
      return say("250 sender ok");
    }
    if (verb == "RCPT") {
      mail_.to = path_of(line);
      const std::string reply = sink_.script_of(mail_.to).rcpt;
      return say(reply.empty() ? "250 recipient ok" : reply);
    }
    if (verb == "DATA") return take_message();
    if (verb == "QUIT") return say("221 bye") && false;
    return say("250 ok");
  }

  bool take_message() {
    say("354 go on");
    for (auto line = hear(); line; line = hear()) {
      if (*line != ".") {
        mail_.bytes.append(*line, line->starts_with('.') ? 1 : 0, std::string::npos) += "\r\n";
        continue;
      }
      const std::string reply = sink_.script_of(mail_.to).data;
      if (reply == "drop") return false;
      if (!reply.empty()) return say(reply);
      sink_.keep(std::move(mail_));
      return say("250 taken");
    }
    return false;
  }

  bool say(const std::string& reply) {
    const std::string line = reply + "\r\n";
    return ::send(socket_, line.data(), line.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(line.size());
  }

  // The next line without its end; nullopt when the other side is gone.
  std::optional<std::string> hear() {
    for (;;) {
      const std::size_t end = heard_.find("\r\n", begin_);
      if (end != std::string::npos) {
        std::string line = heard_.substr(begin_, end - begin_);
        begin_ = end + 2;
        return line;
      }
      heard_.erase(0, std::exchange(begin_, 0));
      std::array<char, 16'384> buffer;
      const ssize_t size = ::recv(socket_, buffer.data(), buffer.size(), 0);
      if (size <= 0) return std::nullopt;
      heard_.append(buffer.data(), static_cast<std::size_t>(size));
    }
  }

  SmtpSink& sink_;
  const int socket_;
  std::string heard_;
  std::size_t begin_ = 0;
  Mail mail_;
};

SmtpSink::SmtpSink() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, generic, &size) != 0) {
    std::abort();
  }
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

SmtpSink::~SmtpSink() {
  ::shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  ::close(listener_);
  close_connections();
  for (std::thread& conversation : conversations_) conversation.join();
}

void SmtpSink::accept_all() {
  for (;;) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ++accepted_;
    const std::lock_guard lock(mutex_);
    open_.push_back(socket);
    conversations_.emplace_back([this, socket] { hold(socket); });
  }
}

void SmtpSink::hold(int socket) {
  Conversation(*this, socket).hold();
  const std::lock_guard lock(mutex_);
  open_.erase(std::find(open_.begin(), open_.end(), socket));
  ::close(socket);
}

void SmtpSink::close_connections() {
  const std::lock_guard lock(mutex_);
  for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
}

void SmtpSink::script(const std::string& local_part, Script script) {
  const std::lock_guard lock(mutex_);
  scripts_[local_part] = std::move(script);
}

SmtpSink::Script SmtpSink::script_of(const std::string& address) const {
  const std::lock_guard lock(mutex_);
  const auto found = scripts_.find(address.substr(0, address.find('@')));
  return found == scripts_.end() ? Script{} : found->second;
}

void SmtpSink::keep(Mail mail) {
  ++taken_;
  if (!keeps_) return;
  const std::lock_guard lock(mutex_);
  mails_.push_back(std::move(mail));
}

std::vector<SmtpSink::Mail> SmtpSink::mails() const {
  const std::lock_guard lock(mutex_);
  return mails_;
}

}  // namespace kkr::platform
