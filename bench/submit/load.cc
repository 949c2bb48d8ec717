// Submits answers over gRPC with a fixed number of calls in flight and prints how many were
// acknowledged a second and the latencies. The other end is a site (--prepare opens rounds there;
// or --answers names those that wait for one) or the empty echo of echo.cc; all get the same bytes.
#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "kkr/consultation/v1/answers.grpc.pb.h"
#include "kkr/consultation/v1/attachments.grpc.pb.h"
#include "kkr/consultation/v1/papers.grpc.pb.h"
#include "kkr/consultation/v1/rounds.grpc.pb.h"
#include "kkr/notification/v1/settings.grpc.pb.h"
#include "services/platform/time/local_date.h"
#include "services/platform/uuid/uuid.h"

namespace {

namespace v1 = kkr::consultation::v1;
using Clock = std::chrono::steady_clock;

constexpr char kRegion[] = "regions/syddanmark";
constexpr const char* kCodes[] = {"410", "420", "430", "440", "450", "461", "479", "480",
                                  "482", "492", "510", "530", "540", "550", "561", "563",
                                  "573", "575", "580", "607", "621", "630"};

std::string round_id(std::size_t number) { return "bench-" + std::to_string(number); }

// The answers to the rounds that prepare() opens. Every slot has an answer of its own, as every
// municipality has: two colleagues do not submit one answer at the same instant.
std::vector<std::string> answers_of(std::size_t in_flight) {
  std::vector<std::string> names;
  for (std::size_t slot = 0; slot < in_flight; ++slot) {
    names.push_back(std::string(kRegion) + "/rounds/" + round_id(slot / std::size(kCodes)) +
                    "/answers/" + kCodes[slot % std::size(kCodes)]);
  }
  return names;
}

// One name a line.
std::vector<std::string> answers_in(const std::string& path) {
  std::vector<std::string> names;
  std::ifstream file(path);
  for (std::string name; std::getline(file, name);) names.push_back(name);
  return names;
}

// An answer of the size the 2013 answers have.
v1::SubmitAnswerRequest answer_request(const std::string& name) {
  v1::SubmitAnswerRequest request;
  request.set_name(name);
  request.set_kind(v1::ANSWER_KIND_ANSWER);
  auto* value = request.add_values();
  value->set_question("maalsaetninger");
  value->set_text(std::string(600, 'x'));
  request.mutable_sign_off()->set_signer("Eksempel Borgmester");
  request.mutable_sign_off()->set_sign_date("2013-02-06");
  request.mutable_treatment()->set_kind(v1::TREATMENT_KIND_ADMINISTRATIVE);
  return request;
}

void must(const grpc::Status& status, const char* what) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s: %s\n", what, status.error_message().c_str());
  std::exit(1);
}

// Opens a round over the paper for the 22 municipalities of the region.
void open_round(v1::RoundService::Stub& rounds, const std::string& paper, const std::string& id) {
  const auto today = kkr::platform::local_date_of(absl::Now());
  v1::CreateRoundRequest create_round;
  create_round.set_parent(kRegion);
  create_round.set_round_id(id);
  create_round.set_request_id(kkr::platform::new_uuid());
  auto& round = *create_round.mutable_round();
  round.set_title("Runde");
  round.set_paper(paper);
  round.set_paper_version(1);
  round.mutable_invitation()->set_as_of_date("2013-02-06");
  round.set_deadline_date(kkr::platform::format_date(today + 60));
  auto* question = round.add_questions();
  question->set_id("maalsaetninger");
  question->set_title("Arbejdet med målsætningerne");
  question->mutable_text()->set_max_length(10000);
  v1::Round reply;
  {
    grpc::ClientContext call;
    must(rounds.CreateRound(&call, create_round, &reply), "create the round");
  }
  v1::OpenRoundRequest open;
  open.set_name(reply.name());
  open.set_request_id(kkr::platform::new_uuid());
  {
    grpc::ClientContext call;
    must(rounds.OpenRound(&call, open, &reply), "open the round");
  }
}

// Turns confirmations off in the region: what is measured is the keeping of answers, not the mail
// that an office gets for each.
void turn_confirmations_off(const std::shared_ptr<grpc::Channel>& channel) {
  namespace notices = kkr::notification::v1;
  notices::UpdateSettingsRequest update;
  update.set_request_id(kkr::platform::new_uuid());
  update.mutable_settings()->set_name(std::string(kRegion) + "/notificationSettings");
  update.mutable_settings()->add_contact_offices()->set_occasion(notices::OCCASION_ANSWER_RECEIVED);
  notices::NotificationSettings reply;
  grpc::ClientContext call;
  must(notices::SettingsService::NewStub(channel)->UpdateSettings(&call, update, &reply),
       "turn confirmations off");
}

// Opens as many rounds over one approved paper as `in_flight` answers take.
void prepare(const std::shared_ptr<grpc::Channel>& channel, std::size_t in_flight) {
  const auto today = kkr::platform::local_date_of(absl::Now());
  turn_confirmations_off(channel);
  const auto papers = v1::PaperService::NewStub(channel);
  const auto attachments = v1::AttachmentService::NewStub(channel);

  v1::UploadAttachmentRequest upload;
  upload.set_parent(kRegion);
  upload.set_filename("papir.txt");
  upload.mutable_file()->set_content_type("text/plain");
  upload.mutable_file()->set_data("Eksempel\n");
  v1::Attachment attachment;
  {
    grpc::ClientContext call;
    must(attachments->UploadAttachment(&call, upload, &attachment), "upload");
  }
  v1::CreatePaperRequest create_paper;
  create_paper.set_parent(kRegion);
  create_paper.mutable_paper()->set_title("Papir");
  create_paper.set_request_id(kkr::platform::new_uuid());
  v1::Paper paper;
  {
    grpc::ClientContext call;
    must(papers->CreatePaper(&call, create_paper, &paper), "create the paper");
  }
  v1::AddPaperVersionRequest add_version;
  add_version.set_name(paper.name());
  add_version.add_attachments()->set_sha256(attachment.sha256());
  add_version.set_request_id(kkr::platform::new_uuid());
  {
    grpc::ClientContext call;
    must(papers->AddPaperVersion(&call, add_version, &paper), "add the version");
  }
  v1::ApprovePaperRequest approve;
  approve.set_name(paper.name());
  approve.set_version(1);
  approve.set_approved_by("regions/syddanmark/bodies/kkr");
  approve.set_approved_date(kkr::platform::format_date(today));
  approve.set_request_id(kkr::platform::new_uuid());
  {
    grpc::ClientContext call;
    must(papers->ApprovePaper(&call, approve, &paper), "approve the paper");
  }
  const auto rounds = v1::RoundService::NewStub(channel);
  for (std::size_t number = 0; number * std::size(kCodes) < in_flight; ++number) {
    open_round(*rounds, paper.name(), round_id(number));
  }
}

// Keeps a call under way for each of the answers until told to stop.
class Load {
 public:
  Load(const std::shared_ptr<grpc::Channel>& channel, std::vector<std::string> answers)
      : stub_(v1::AnswerService::NewStub(channel)),
        answers_(std::move(answers)),
        open_(answers_.size()) {
    for (std::size_t slot = 0; slot < answers_.size(); ++slot) issue(slot);
  }

  // Starts to count, forgetting what came before.
  void start_counting() {
    const std::lock_guard lock(mutex_);
    micros_.clear();
    counting_since_ = Clock::now();
  }

  // Ends the calls and prints the figures as one line of JSON. Returns whether no call failed.
  bool finish() {
    const double seconds = std::chrono::duration<double>(Clock::now() - counting_since_).count();
    std::unique_lock lock(mutex_);
    auto micros = micros_;
    stopping_ = true;
    all_ended_.wait(lock, [this] { return open_ == 0; });
    if (!failure_.empty()) {
      std::fprintf(stderr, "a call failed: %s\n", failure_.c_str());
      return false;
    }
    std::sort(micros.begin(), micros.end());
    std::printf("{\"per_second\": %.0f, \"p50_us\": %ld, \"p99_us\": %ld}\n",
                static_cast<double>(micros.size()) / seconds, micros[micros.size() / 2],
                micros[micros.size() * 99 / 100]);
    return true;
  }

 private:
  struct Call {
    grpc::ClientContext context;
    v1::SubmitAnswerRequest request;
    v1::Answer reply;
    Clock::time_point began = Clock::now();
  };

  void issue(std::size_t slot) {
    auto* call = new Call;  // Deleted in ended().
    call->request = answer_request(answers_[slot]);
    call->request.set_request_id(kkr::platform::new_uuid());
    stub_->async()->SubmitAnswer(&call->context, &call->request, &call->reply,
                                 [this, slot, call](const grpc::Status& status) {
                                   ended(std::unique_ptr<Call>(call), slot, status);
                                 });
  }

  void ended(std::unique_ptr<Call> call, std::size_t slot, const grpc::Status& status) {
    const auto took =
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - call->began);
    {
      const std::lock_guard lock(mutex_);
      micros_.push_back(took.count());
      if (!status.ok()) failure_ = status.error_message();
      if (stopping_ || !failure_.empty()) {
        if (--open_ == 0) all_ended_.notify_all();
        return;
      }
    }
    issue(slot);
  }

  std::unique_ptr<v1::AnswerService::Stub> stub_;
  const std::vector<std::string> answers_;
  std::mutex mutex_;
  std::condition_variable all_ended_;
  std::size_t open_;
  bool stopping_ = false;
  std::string failure_;
  std::vector<long> micros_;
  Clock::time_point counting_since_;
};

int measure(const std::string& target, const std::string& answers, std::size_t in_flight,
            int seconds, bool prepares) {
  const auto channel = grpc::CreateChannel(target, grpc::InsecureChannelCredentials());
  if (prepares) prepare(channel, in_flight);
  Load load(channel, answers.empty() ? answers_of(in_flight) : answers_in(answers));
  absl::SleepFor(absl::Seconds(1));  // Warm-up.
  load.start_counting();
  absl::SleepFor(absl::Seconds(seconds));
  return load.finish() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::string target, answers;
  std::size_t in_flight = 64;
  int seconds = 5;
  bool prepares = false;
  CLI::App app{"Submits answers over gRPC and prints the rate"};
  app.add_option("--target", target, "host:port")->required();
  app.add_option("--in-flight", in_flight, "calls under way at once");
  app.add_option("--seconds", seconds, "how long to count");
  app.add_flag("--prepare", prepares, "open rounds first");
  app.add_option("--answers", answers, "a file with the name of an answer for each call");
  CLI11_PARSE(app, argc, argv);
  return measure(target, answers, in_flight, seconds, prepares);
}
