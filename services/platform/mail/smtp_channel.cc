#include "services/platform/mail/smtp_channel.h"

#include <curl/curl.h>

#include <stdexcept>
#include <utility>

#include "services/platform/mail/smtp_session.h"

namespace kkr::platform {

SmtpChannel::SmtpChannel(SmtpServer server) : server_(std::move(server)) {
  // Once for the process, and safe to repeat.
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    throw std::runtime_error("libcurl cannot be set up.");
  }
}

SmtpChannel::~SmtpChannel() = default;

std::unique_ptr<SmtpChannel::Session> SmtpChannel::take_session() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return std::make_unique<Session>(server_);
  auto session = std::move(idle_.back());
  idle_.pop_back();
  return session;
}

MailOutcome SmtpChannel::send(const Envelope& envelope, std::string_view message) {
  auto session = take_session();
  MailOutcome outcome = session->send(envelope, message);
  if (outcome.kind == MailOutcome::Kind::kTryAgain && session->found_it_closed()) {
    outcome = session->send(envelope, message);
  }
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(session));
  return outcome;
}

bool SmtpChannel::forget(const std::string&) { return true; }

}  // namespace kkr::platform
