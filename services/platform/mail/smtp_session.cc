#include "services/platform/mail/smtp_session.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

#include "services/platform/mail/compose.h"

namespace kkr::platform {
namespace {

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

long tls_of(SmtpTls tls) {
  switch (tls) {
    case SmtpTls::kNone: return CURLUSESSL_NONE;
    case SmtpTls::kOffered: return CURLUSESSL_TRY;
    case SmtpTls::kRequired: return CURLUSESSL_ALL;
  }
  return CURLUSESSL_ALL;
}

// The code that an SMTP reply's line begins with; 0 when it begins with none.
int code_of(std::string_view line) {
  if (line.size() < 3) return 0;
  int code = 0;
  for (const char c : line.substr(0, 3)) {
    if (c < '0' || c > '9') return 0;
    code = code * 10 + (c - '0');
  }
  return code;
}

}  // namespace

// What was said, as far as the outcome depends on it.
struct SmtpChannel::Session::Dialogue {
  std::string_view left;     // Of the message, not yet taken by curl.
  bool given_whole = false;  // All of it has been taken.
  bool about_mail = false;   // MAIL has been said: replies are about this mail from then on.
  bool over = false;         // QUIT has been said: what follows is about nothing.
  std::string reply;         // The server's last line to what was said or given last.
  std::array<char, CURL_ERROR_SIZE> error{};

  void begin(std::string_view message) {
    left = message;
    given_whole = about_mail = over = false;
    reply.clear();
    error.fill('\0');
  }

  static std::size_t read(char* out, std::size_t size, std::size_t count, void* self) {
    auto& dialogue = *static_cast<Dialogue*>(self);
    const std::size_t taken = std::min(size * count, dialogue.left.size());
    std::memcpy(out, dialogue.left.data(), taken);
    dialogue.left.remove_prefix(taken);
    dialogue.given_whole = dialogue.left.empty();
    dialogue.reply.clear();  // It was the leave to give the message.
    return taken;
  }
  // Every line the server says comes as a header.
  static std::size_t hear(char* line, std::size_t size, std::size_t count, void* self) {
    auto& dialogue = *static_cast<Dialogue*>(self);
    if (!dialogue.over) dialogue.reply.assign(line, size * count);
    return size * count;
  }
  static int watch(CURL*, curl_infotype type, char* text, std::size_t size, void* self) {
    auto& dialogue = *static_cast<Dialogue*>(self);
    if (type != CURLINFO_HEADER_OUT) return 0;
    const std::string_view said(text, size);
    if (said.starts_with("MAIL ")) dialogue.about_mail = true;
    if (said.starts_with("QUIT")) dialogue.over = true;
    if (!dialogue.over) dialogue.reply.clear();
    return 0;
  }

  MailOutcome outcome(CURLcode code) const {
    using Kind = MailOutcome::Kind;
    const int status = code_of(reply);
    if (code == CURLE_OK) return {Kind::kDelivered, status, one_line(reply)};
    if (status >= 500 && about_mail) return {Kind::kRefused, status, one_line(reply)};
    if (status >= 400) return {Kind::kTryAgain, status, one_line(reply)};
    const std::string text = error.front() == '\0' ? curl_easy_strerror(code) : error.data();
    return {given_whole ? Kind::kUnknown : Kind::kTryAgain, 0, one_line(text)};
  }
};

SmtpChannel::Session::Session(const SmtpServer& server)
    : server_(server), curl_(curl_easy_init()), dialogue_(std::make_unique<Dialogue>()) {
  if (curl_ == nullptr) throw std::runtime_error("libcurl cannot be set up.");
}

SmtpChannel::Session::~Session() { curl_easy_cleanup(curl_); }

void SmtpChannel::Session::set_up(const Envelope& envelope) {
  curl_easy_reset(curl_);  // Settings only: the connection stays.
  const auto set = [this](CURLoption option, auto value) {
    curl_easy_setopt(curl_, option, value);
  };
  set(CURLOPT_URL, server_.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(CURLOPT_USE_SSL, tls_of(server_.tls));
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!server_.ca_file.empty()) set(CURLOPT_CAINFO, server_.ca_file.c_str());
  if (!server_.user.empty()) {
    set(CURLOPT_USERNAME, server_.user.c_str());
    set(CURLOPT_PASSWORD, server_.password.c_str());
  }
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(server_.connect_max.count()));
  set(CURLOPT_TIMEOUT, static_cast<long>(server_.send_max.count()));
  // curl gives up waiting for a reply after 120 s unless told otherwise.
  set(CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(server_.send_max.count()));
  set(CURLOPT_MAIL_FROM, ("<" + envelope.from + ">").c_str());
  set(CURLOPT_UPLOAD, 1L);
  set(CURLOPT_READFUNCTION, &Dialogue::read);
  set(CURLOPT_READDATA, dialogue_.get());
  set(CURLOPT_HEADERFUNCTION, &Dialogue::hear);
  set(CURLOPT_HEADERDATA, dialogue_.get());
  set(CURLOPT_DEBUGFUNCTION, &Dialogue::watch);
  set(CURLOPT_DEBUGDATA, dialogue_.get());
  set(CURLOPT_VERBOSE, 1L);
  set(CURLOPT_ERRORBUFFER, dialogue_->error.data());
}

MailOutcome SmtpChannel::Session::send(const Envelope& envelope, std::string_view message) {
  dialogue_->begin(message);
  set_up(envelope);
  const std::unique_ptr<curl_slist, FreeList> recipients(
      curl_slist_append(nullptr, ("<" + envelope.to + ">").c_str()));
  curl_easy_setopt(curl_, CURLOPT_MAIL_RCPT, recipients.get());
  const CURLcode code = curl_easy_perform(curl_);
  return dialogue_->outcome(code);
}

bool SmtpChannel::Session::found_it_closed() const {
  long connections = 0;
  curl_easy_getinfo(curl_, CURLINFO_NUM_CONNECTS, &connections);
  return connections == 0 && dialogue_->reply.empty() && !dialogue_->given_whole;
}

}  // namespace kkr::platform
