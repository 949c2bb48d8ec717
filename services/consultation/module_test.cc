// The consultation service on a real folder, with the real registry beside it, over gRPC: the
// hearing of 6 February 2013 up to the answers.
#include "services/consultation/module.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "kkr/consultation/v1/attachments.grpc.pb.h"
#include "kkr/consultation/v1/extensions.grpc.pb.h"
#include "kkr/consultation/v1/papers.grpc.pb.h"
#include "kkr/consultation/v1/rounds.grpc.pb.h"
#include "services/consultation/domain/story.h"
#include "services/platform/embedded/embedded_ports.h"
#include "services/platform/grpc/error_status.h"
#include "services/platform/process/grpc_server.h"
#include "services/registry/module.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::consultation {
namespace {

using namespace story;  // NOLINT: the words of these tests.

const absl::Time kFebruary6 = noon("2013-02-06");

std::chrono::steady_clock::time_point soon() {
  return std::chrono::steady_clock::now() + std::chrono::seconds(10);
}

// A running site; ends with the object.
class Site {
 public:
  // Without `registry_reachable` the service asks a registry that is not there.
  explicit Site(const std::string& path, bool registry_reachable = true)
      : folder_(std::get<std::unique_ptr<platform::SiteFolder>>(
            platform::SiteFolder::open(path, kFebruary6))),
        ports_(*folder_, {}),
        registry_(registry::make_module(ports_)),
        registry_channel_(registry_.start()),
        module_(make_module(
            ports_, registry_reachable ? registry_channel_ : platform::channel_to("127.0.0.1:1"))),
        channel_(module_.start()) {}
  ~Site() {
    channel_.reset();
    module_.stop(soon());
    registry_channel_.reset();
    registry_.stop(soon());
  }

  const std::shared_ptr<grpc::Channel>& channel() { return channel_; }
  platform::EmbeddedPorts& ports() { return ports_; }
  std::uint64_t position() { return ports_.directory().head("consultation/hovedstaden")->position; }

 private:
  const std::unique_ptr<platform::SiteFolder> folder_;
  platform::EmbeddedPorts ports_;
  platform::Module registry_;
  std::shared_ptr<grpc::Channel> registry_channel_;
  platform::Module module_;
  std::shared_ptr<grpc::Channel> channel_;
};

std::string next_request_id() {
  static int requests = 0;
  return "7d444840-9dc0-11d1-b245-" + std::to_string(100000000000 + ++requests);
}

// One call; a command gets a request id of its own unless it has one.
template <class Service, class Request, class Reply>
grpc::Status call(Site& site,
                  grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&,
                                                        Reply*),
                  Request request, Reply& reply) {
  if constexpr (requires { request.set_request_id(""); }) {
    if (request.request_id().empty()) {
      request.set_request_id(next_request_id());
    }
  }
  grpc::ClientContext context;
  context.AddMetadata("kkr-actor", "secretariat");
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
  const auto stub = Service::NewStub(site.channel());
  return ((*stub).*method)(&context, request, &reply);
}

// As call(), for what must succeed.
template <class Service, class Request, class Reply>
Reply must(Site& site,
           grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&, Reply*),
           const Request& request) {
  Reply reply;
  const grpc::Status status = call<Service>(site, method, request, reply);
  EXPECT_TRUE(status.ok()) << platform::reason_of(status) << ": " << status.error_message();
  return reply;
}

// As call(), for what must be refused: the reason.
template <class Service, class Request, class Reply>
std::string refused_with(Site& site,
                         grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&,
                                                               Reply*),
                         const Request& request) {
  Reply reply;
  const grpc::Status status = call<Service>(site, method, request, reply);
  EXPECT_FALSE(status.ok()) << reply.ShortDebugString();
  return platform::reason_of(status);
}

// The files below `folder` that hold `bytes`.
std::vector<std::string> files_holding(const std::string& folder, const std::string& bytes) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(file)), {});
    if (content.find(bytes) != std::string::npos) found.push_back(entry.path().filename());
  }
  return found;
}

using Rounds = v1::RoundService;
using Papers = v1::PaperService;
using Attachments = v1::AttachmentService;
using Extensions = v1::ExtensionService;

v1::Round open_hearing(Site& site) {
  must<Rounds>(site, &Rounds::Stub::CreateRound, draft());
  return must<Rounds>(site, &Rounds::Stub::OpenRound, on<v1::OpenRoundRequest>(kRoundName));
}

v1::ListInviteesResponse board(Site& site) {
  v1::ListInviteesRequest request;
  request.set_parent(kRoundName);
  return must<Rounds>(site, &Rounds::Stub::ListInvitees, request);
}

class ConsultationModule : public testing::Test {
 protected:
  const platform::TemporaryFolder temporary_;
  const std::string path_ = temporary_.path("site");
};

TEST_F(ConsultationModule, OpensARoundForTheMunicipalitiesTheRegistryNames) {
  Site site(path_);
  const v1::Round round = open_hearing(site);
  EXPECT_EQ(round.state(), v1::Round::STATE_OPEN);
  EXPECT_EQ(round.invited_count(), 29);
  EXPECT_GT(round.registry_position(), 300U);
  EXPECT_EQ(round.opens_date(), "2013-02-06");
  const v1::ListInviteesResponse rows = board(site);
  ASSERT_EQ(rows.invitees_size(), 29);
  EXPECT_EQ(rows.invitees(0).municipality().display_name(), "København");
  EXPECT_EQ(rows.counts().not_answered(), 29);
}

TEST_F(ConsultationModule, KeepsEverythingOverARestart) {
  v1::Round before;
  {
    Site site(path_);
    before = open_hearing(site);
  }
  Site again(path_);
  const auto after =
      must<Rounds>(again, &Rounds::Stub::GetRound, on<v1::GetRoundRequest>(kRoundName));
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
  EXPECT_EQ(board(again).counts().invited(), 29);
}

TEST_F(ConsultationModule, DoesNotOpenWithoutAReplyFromTheRegistry) {
  {
    Site site(path_);
    must<Rounds>(site, &Rounds::Stub::CreateRound, draft());
  }
  Site site(path_, /*registry_reachable=*/false);
  v1::Round round;
  const grpc::Status status =
      call<Rounds>(site, &Rounds::Stub::OpenRound, on<v1::OpenRoundRequest>(kRoundName), round);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(platform::reason_of(status), "REGISTRY_UNAVAILABLE");
  EXPECT_EQ(
      must<Rounds>(site, &Rounds::Stub::GetRound, on<v1::GetRoundRequest>(kRoundName)).state(),
      v1::Round::STATE_DRAFT);
}

TEST_F(ConsultationModule, AnswersARetryWithTheFirstOutcome) {
  Site site(path_);
  must<Rounds>(site, &Rounds::Stub::CreateRound, draft());
  auto open = on<v1::OpenRoundRequest>(kRoundName);
  open.set_request_id("7d444840-9dc0-11d1-b245-5ffdce74fad2");
  const v1::Round first = must<Rounds>(site, &Rounds::Stub::OpenRound, open);
  const std::uint64_t position = site.position();
  const v1::Round second = must<Rounds>(site, &Rounds::Stub::OpenRound, open);
  EXPECT_EQ(second.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(site.position(), position);
  open.set_etag("1-other");
  EXPECT_EQ(refused_with<Rounds>(site, &Rounds::Stub::OpenRound, open), "REQUEST_ID_REUSED");
}

TEST_F(ConsultationModule, RefusesWhatTheDomainRefuses) {
  Site site(path_);
  const auto open = on<v1::OpenRoundRequest>(kRoundName);
  EXPECT_EQ(refused_with<Rounds>(site, &Rounds::Stub::OpenRound, open), "ROUND_UNKNOWN");
  const v1::Round round = must<Rounds>(site, &Rounds::Stub::CreateRound, draft());
  EXPECT_EQ(refused_with<Rounds>(site, &Rounds::Stub::CreateRound, draft()), "ROUND_EXISTS");
  v1::UpdateRoundRequest update;
  *update.mutable_round() = round;
  update.mutable_round()->set_title("Ny titel");
  must<Rounds>(site, &Rounds::Stub::UpdateRound, update);
  EXPECT_EQ(refused_with<Rounds>(site, &Rounds::Stub::UpdateRound, update), "ETAG_STALE");
  EXPECT_EQ(refused_with<Rounds>(site, &Rounds::Stub::GetRound,
                                 on<v1::GetRoundRequest>("regions/atlantis/rounds/r1")),
            "REGION_UNKNOWN");
}

TEST_F(ConsultationModule, TakesAPaperFromUploadToApproval) {
  Site site(path_);
  v1::UploadAttachmentRequest upload;
  upload.set_parent(kRegion);
  upload.set_filename("rammepapir.txt");
  upload.mutable_file()->set_content_type("text/html");
  upload.mutable_file()->set_data("Kommunernes fælles rolle\n");
  const auto file = must<Attachments>(site, &Attachments::Stub::UploadAttachment, upload);
  EXPECT_EQ(file.content_type(), "text/plain");

  v1::CreatePaperRequest create;
  create.set_parent(kRegion);
  create.set_paper_id("rammepapir");
  create.mutable_paper()->set_title("Kommunernes fælles rolle");
  must<Papers>(site, &Papers::Stub::CreatePaper, create);
  auto version = on<v1::AddPaperVersionRequest>(kPaperName);
  version.add_attachments()->set_sha256(std::string(64, 'f'));
  EXPECT_EQ(refused_with<Papers>(site, &Papers::Stub::AddPaperVersion, version),
            "ATTACHMENT_UNKNOWN");
  version.mutable_attachments(0)->set_sha256(file.sha256());
  must<Papers>(site, &Papers::Stub::AddPaperVersion, version);
  auto approve = on<v1::ApprovePaperRequest>(kPaperName);
  approve.set_version(1);
  approve.set_approved_by(kRegion + "/bodies/kkr");
  approve.set_approved_date("2013-02-04");
  const v1::Paper paper = must<Papers>(site, &Papers::Stub::ApprovePaper, approve);
  ASSERT_EQ(paper.versions_size(), 1);
  EXPECT_EQ(paper.versions(0).state(), v1::PaperVersion::STATE_APPROVED);
  EXPECT_EQ(paper.versions(0).attachments(0).size_bytes(), file.size_bytes());

  const auto content =
      must<Attachments>(site, &Attachments::Stub::DownloadAttachment,
                        on<v1::DownloadAttachmentRequest>(paper.versions(0).attachments(0).name()));
  EXPECT_EQ(content.data(), upload.file().data());
  EXPECT_EQ(content.content_type(), "text/plain");
}

TEST_F(ConsultationModule, ShowsTheReasonsOfAnExtension) {
  Site site(path_);
  open_hearing(site);
  must<Extensions>(site, &Extensions::Stub::AskExtension,
                   extend<v1::AskExtensionRequest>("165", "2013-04-02", "Udvalget mødes sent"));
  const auto granted =
      must<Extensions>(site, &Extensions::Stub::GrantExtension,
                       extend<v1::GrantExtensionRequest>("165", "2013-04-02", "Efter aftale"));
  EXPECT_EQ(granted.state(), v1::Extension::STATE_GRANTED);
  EXPECT_EQ(granted.asked_reason().text(), "Udvalget mødes sent");
  EXPECT_EQ(granted.decided_reason().text(), "Efter aftale");
  EXPECT_EQ(granted.decided_by(), "secretariat");
  v1::ListExtensionsRequest list;
  list.set_parent(kRoundName);
  const auto all = must<Extensions>(site, &Extensions::Stub::ListExtensions, list);
  ASSERT_EQ(all.extensions_size(), 1);
  EXPECT_EQ(all.extensions(0).SerializeAsString(), granted.SerializeAsString());
  EXPECT_EQ(refused_with<Extensions>(site, &Extensions::Stub::GetExtension,
                                     on<v1::GetExtensionRequest>(extension_name("101"))),
            "EXTENSION_UNKNOWN");
}

TEST_F(ConsultationModule, ErasesReasonsFromEveryByteOnDisk) {
  {
    Site site(path_);
    open_hearing(site);
    must<Extensions>(site, &Extensions::Stub::GrantExtension,
                     extend<v1::GrantExtensionRequest>("165", "2013-04-02", "Tusnelda er syg"));
  }
  ASSERT_FALSE(files_holding(path_, "Tusnelda").empty());
  {
    Site site(path_);
    const auto erased =
        must<Extensions>(site, &Extensions::Stub::EraseExtensionReasons,
                         on<v1::EraseExtensionReasonsRequest>(extension_name("165")));
    EXPECT_EQ(erased.decided_reason().text(), "");
    EXPECT_TRUE(erased.decided_reason().erased());
    EXPECT_EQ(erased.deadline_date(), "2013-04-02");
  }
  EXPECT_TRUE(files_holding(path_, "Tusnelda").empty());
}

TEST_F(ConsultationModule, RecordsThatTheDeadlinePassedWhenTheClockDoes) {
  Site site(path_);
  open_hearing(site);
  const std::uint64_t before = site.position();
  const absl::Time midnight = platform::end_of(*platform::parse_date("2013-03-19"));
  ASSERT_TRUE(site.ports().demo_clock()->advance_to(midnight));
  ASSERT_TRUE(site.ports().settlement().await_rest(midnight, soon()));
  EXPECT_EQ(site.position(), before + 1);
  EXPECT_TRUE(must<Rounds>(site, &Rounds::Stub::GetRound, on<v1::GetRoundRequest>(kRoundName))
                  .deadline_passed());
  EXPECT_EQ(board(site).counts().overdue(), 29);
}

TEST_F(ConsultationModule, PagesThroughRoundsOfAState) {
  Site site(path_);
  for (const char* id : {"r1", "r2", "r3", "r4"}) {
    v1::CreateRoundRequest create = draft();
    create.set_round_id(id);
    must<Rounds>(site, &Rounds::Stub::CreateRound, create);
  }
  must<Rounds>(site, &Rounds::Stub::OpenRound, on<v1::OpenRoundRequest>(kRegion + "/rounds/r2"));
  v1::ListRoundsRequest list;
  list.set_parent(kRegion);
  list.set_page_size(2);
  list.set_state(v1::Round::STATE_DRAFT);
  const auto first = must<Rounds>(site, &Rounds::Stub::ListRounds, list);
  ASSERT_EQ(first.rounds_size(), 2);
  EXPECT_EQ(first.rounds(1).name(), kRegion + "/rounds/r3");
  list.set_page_token(first.next_page_token());
  const auto second = must<Rounds>(site, &Rounds::Stub::ListRounds, list);
  ASSERT_EQ(second.rounds_size(), 1);
  EXPECT_EQ(second.rounds(0).name(), kRegion + "/rounds/r4");
  EXPECT_EQ(second.next_page_token(), "");
  list.set_state(v1::Round::STATE_OPEN);
  EXPECT_EQ(refused_with<Rounds>(site, &Rounds::Stub::ListRounds, list), "PAGE_TOKEN_INVALID");
}

}  // namespace
}  // namespace kkr::consultation
