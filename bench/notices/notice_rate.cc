// Notices per second from the table of sends to a mail server in the same process: taken, written
// from the template, signed (RSA, 2048 bits), kept, handed over over SMTP, settled, each with its
// commit. What the owners of the matter would say is fixed: asking them is measured with the site.
//   bench_notices [notices]
#include <fmt/core.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <string>

#include "services/notification/letters/letter_story.h"
#include "services/notification/letters/mail_carrier.h"
#include "services/notification/letters/template_letter_writer.h"
#include "services/notification/sending/sender.h"
#include "services/notification/sending/sqlite_send_table.h"
#include "services/notification/templates/first_templates.h"
#include "services/platform/mail/smtp_channel.h"
#include "tests/contract/dkim_keys.h"
#include "tests/contract/smtp_sink.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::notification {
namespace {

constexpr double kRateMin = 250;
const absl::Time kNow = absl::FromUnixSeconds(1'362'470'400);

// Resident memory in KiB.
long resident() {
  std::ifstream file("/proc/self/statm");
  long size = 0;
  long pages = 0;
  file >> size >> pages;
  return pages * 4;
}

class FixedDesk final : public LetterDesk {
 public:
  explicit FixedDesk(LetterWriter& writer) : writer_(writer) {}

  std::variant<Ready, NotSent> prepare(const Send& send, absl::Time site_now) override {
    Addressee to = karen();
    to.address = "direktoer" + send.planned.municipality + "@kommune.example";
    const std::string message_id = message_id_of(send.id, "kkr.example");
    auto letter = writer_.write(send, to, hearing(v1::OCCASION_REMINDER), message_id, site_now);
    if (auto* why = std::get_if<std::string>(&letter))
      return NotSent{SendState::kFailed, reason::kTextMissing, *why, "", std::nullopt};
    return Ready{std::get<Letter>(std::move(letter)), message_id, ""};
  }

 private:
  LetterWriter& writer_;
};

void plan(SqliteSendTable& table, std::size_t notices) {
  constexpr std::size_t kAtOnce = 1000;
  for (std::size_t from = 0; from < notices; from += kAtOnce) {
    Dispatch dispatch{{"g", from + 1, {}}, {}, {}};
    for (std::size_t i = from; i < std::min(notices, from + kAtOnce); ++i)
      dispatch.sends.push_back({{"REMINDER", "r", std::to_string(i), "2013-03-19-14"},
                                std::to_string(i),
                                "r",
                                kNow,
                                "",
                                ""});
    table.dispatch({dispatch}, kNow);
  }
}

int run(std::size_t notices) {
  platform::SmtpSink sink;
  sink.keep_nothing();
  platform::SmtpServer server;
  server.url = sink.url();
  server.tls = platform::SmtpTls::kNone;
  platform::SmtpChannel channel(server);
  const auto signer =
      platform::DkimSigner::create({"kkr.example", "kkr", platform::new_rsa_key(2048)});
  LetterMaterials materials;
  materials.sender = {"KKR Hovedstaden", "kkr@kkr.example"};
  materials.signer = std::get<std::unique_ptr<platform::DkimSigner>>(signer).get();
  materials.public_url = "https://kkr.example";
  materials.template_of = [](v1::Occasion occasion, v1::Language language) {
    return std::optional(first_template(occasion, language));
  };
  TemplateLetterWriter writer(std::move(materials));
  FixedDesk desk(writer);
  MailCarrier carrier(channel, "kkr@kkr.example");
  const platform::TemporaryFolder folder;
  const auto opened = SqliteSendTable::open({folder.path("sends.db"), "notification/hovedstaden"});
  auto& table = *std::get<std::unique_ptr<SqliteSendTable>>(opened);
  plan(table, notices);

  platform::DemoClock clock(kNow);
  platform::WorkerPool pool(2);
  SenderOptions options;
  options.per_minute_to_a_domain = 0;
  std::mutex mutex;
  std::condition_variable ended;
  long early = 0;
  const auto began = std::chrono::steady_clock::now();
  Sender sender(table, desk, carrier, clock, pool, options, [&] {
    const std::lock_guard lock(mutex);
    if (early == 0 && sink.taken() >= notices / 10) early = resident();
    ended.notify_all();
  });
  sender.start();
  {
    std::unique_lock lock(mutex);
    ended.wait(lock, [&] {
      const auto untried = table.has_untried(kNow);
      return sink.taken() >= notices && !std::get<bool>(untried);
    });
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  sender.stop();
  const double rate = static_cast<double>(notices) / took.count();
  fmt::print(
      "{} notices in {:.1f} s: {:.0f}/s (at least {:.0f} are asked for), {} mails taken; {} KiB "
      "after a tenth, {} KiB at the end\n",
      notices, took.count(), rate, kRateMin, sink.taken(), early, resident());
  return rate >= kRateMin && sink.taken() == notices ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace kkr::notification

int main(int argc, char** argv) {
  return kkr::notification::run(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000);
}
