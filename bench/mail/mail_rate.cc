// Mails per second over SMTP to a server in the same process, each composed, signed (RSA, 2048
// bits) and handed over: what the sending of notices can come to at most.
//   bench_mail_rate [mails] [connections]
#include <fmt/core.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/mail/compose.h"
#include "services/platform/mail/dkim_signer.h"
#include "services/platform/mail/smtp_channel.h"
#include "tests/contract/dkim_keys.h"
#include "tests/contract/smtp_sink.h"

namespace kkr::platform {
namespace {

constexpr double kRateMin = 250;

Message letter(std::size_t number) {
  Message message;
  message.message_id = fmt::format("{:032x}@kkr.example", number);
  message.date = absl::FromUnixSeconds(1'362'470'400);
  message.from = {"KKR Hovedstaden", "kkr@kkr.example"};
  message.to = {"Søren Eksempel", fmt::format("direktoer{}@kommune.example", number)};
  message.subject = "Påmindelse: Albertslund Kommune mangler at svare – frist 19. marts 2013";
  for (int i = 0; i < 20; ++i) {
    message.text += "Vi har endnu ikke modtaget et høringssvar fra Albertslund Kommune.\n";
    message.html += "<p>Vi har endnu ikke modtaget et høringssvar fra <b>Albertslund</b>.</p>\n";
  }
  message.language = "da";
  return message;
}

// Resident memory in KiB.
long resident() {
  std::ifstream file("/proc/self/statm");
  long size = 0;
  long pages = 0;
  file >> size >> pages;
  return pages * 4;
}

bool post(SmtpChannel& channel, const DkimSigner& signer, std::size_t number) {
  const Message message = letter(number);
  const auto mail = compose(message);
  const auto* bytes = std::get_if<std::string>(&mail);
  if (bytes == nullptr) return false;
  const auto signed_mail = signer.sign(*bytes);
  const auto* whole = std::get_if<std::string>(&signed_mail);
  if (whole == nullptr) return false;
  const Envelope envelope{message.from.address, message.to.address, message.message_id};
  return channel.send(envelope, *whole).kind == MailOutcome::Kind::kDelivered;
}

int run(std::size_t mails, std::size_t connections) {
  SmtpSink sink;
  sink.keep_nothing();
  SmtpServer server;
  server.url = sink.url();
  server.tls = SmtpTls::kNone;
  SmtpChannel channel(server);
  const auto created = DkimSigner::create({"kkr.example", "kkr", new_rsa_key(2048)});
  const auto& signer = *std::get<std::unique_ptr<DkimSigner>>(created);
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> lost{0};
  std::atomic<long> early{0};
  const auto began = std::chrono::steady_clock::now();
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < connections; ++i) {
    threads.emplace_back([&] {
      for (std::size_t number = next++; number < mails; number = next++) {
        if (!post(channel, signer, number)) ++lost;
        if (number == mails / 10) early = resident();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  const double rate = static_cast<double>(mails) / took.count();
  fmt::print(
      "{} mails over {} connections in {:.1f} s: {:.0f}/s (at least {:.0f} are asked for), "
      "{} lost; {} KiB after a tenth, {} KiB at the end\n",
      mails, sink.connections(), took.count(), rate, kRateMin, lost.load(), early.load(),
      resident());
  return rate >= kRateMin && lost == 0 && sink.taken() == mails ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace kkr::platform

int main(int argc, char** argv) {
  const std::size_t mails = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20'000;
  const std::size_t connections = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 2;
  return kkr::platform::run(mails, connections);
}
