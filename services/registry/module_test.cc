// The registry on a real folder: what it starts with, what it keeps, and what it forgets.
#include "services/registry/module.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "kkr/registry/v1/clock.grpc.pb.h"
#include "kkr/registry/v1/municipality.grpc.pb.h"
#include "kkr/registry/v1/person.grpc.pb.h"
#include "services/platform/embedded/embedded_ports.h"
#include "services/platform/event_store/verify_log.h"
#include "services/platform/time/timestamp.h"
#include "services/registry/domain/period.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::registry {
namespace {

using testing::ElementsAre;

constexpr char kRequestId[] = "7d444840-9dc0-11d1-b245-5ffdce74fad2";
constexpr char kOtherRequestId[] = "7d444840-9dc0-11d1-b245-5ffdce74fad3";

// 23 January 2013, the dialogue meeting.
const absl::Time kStart = platform::start_of(LocalDate(2013, 1, 23));

// A running site; ends with the object.
class Site {
 public:
  explicit Site(const std::string& path, absl::Time start = kStart)
      : folder_(std::get<std::unique_ptr<platform::SiteFolder>>(
            platform::SiteFolder::open(path, start))),
        ports_(*folder_, {}),
        module_(make_module(ports_)),
        channel_(module_.start()) {}
  ~Site() {
    channel_.reset();
    module_.stop(std::chrono::steady_clock::now() + std::chrono::seconds(10));
  }

  std::shared_ptr<grpc::Channel> channel() { return channel_; }
  platform::LogHead head() { return *ports_.directory().head("registry/danmark"); }
  absl::Time now() { return ports_.clock().now(); }

 private:
  const std::unique_ptr<platform::SiteFolder> folder_;
  platform::EmbeddedPorts ports_;
  platform::Module module_;
  std::shared_ptr<grpc::Channel> channel_;
};

v1::Person create_person(Site& site) {
  grpc::ClientContext context;
  v1::CreatePersonRequest request;
  request.set_request_id(kRequestId);
  request.mutable_person()->set_given_name("Tusnelda");
  request.mutable_person()->set_family_name("Prøvesten");
  request.mutable_person()->set_email("tusnelda@kommune.example");
  request.mutable_person()->set_telephone("+45 00 11 22 33");
  v1::Person person;
  const auto status =
      v1::PersonService::NewStub(site.channel())->CreatePerson(&context, request, &person);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return person;
}

v1::Person erase_person(Site& site, const std::string& name) {
  grpc::ClientContext context;
  v1::ErasePersonRequest request;
  request.set_name(name);
  request.set_request_id(kOtherRequestId);
  v1::Person person;
  const auto status =
      v1::PersonService::NewStub(site.channel())->ErasePerson(&context, request, &person);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return person;
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

class RegistryModule : public testing::Test {
 protected:
  const platform::TemporaryFolder temporary_;
  const std::string path_ = temporary_.path("site");
};

TEST_F(RegistryModule, TakesOverTheShippedFactsOnce) {
  platform::LogHead first;
  {
    Site site(path_);
    first = site.head();
    EXPECT_GT(first.position, 300U);
    grpc::ClientContext context;
    v1::ListRegionMunicipalitiesRequest request;
    request.set_parent("regions/hovedstaden");
    v1::ListRegionMunicipalitiesResponse reply;
    ASSERT_TRUE(v1::MunicipalityService::NewStub(site.channel())
                    ->ListRegionMunicipalities(&context, request, &reply)
                    .ok());
    EXPECT_EQ(reply.total_size(), 29);
    EXPECT_EQ(reply.as_of(), "2013-01-23");
  }
  Site again(path_);
  EXPECT_EQ(again.head().position, first.position);
  EXPECT_EQ(again.head().hash, first.hash);
}

TEST_F(RegistryModule, LeavesNothingOfAnErasedPersonInAnyFile) {
  {
    Site site(path_);
    create_person(site);
  }
  EXPECT_THAT(files_holding(path_, "Tusnelda"), ElementsAre("danmark.db"));
  {
    Site site(path_);
    EXPECT_TRUE(erase_person(site, std::string("persons/") + kRequestId).erased());
  }
  for (const char* personal : {"Tusnelda", "Prøvesten", "tusnelda@", "00 11 22 33"}) {
    EXPECT_THAT(files_holding(path_, personal), ElementsAre()) << personal;
  }
  const auto verified =
      platform::verify_log({.path = path_ + "/registry/danmark.db", .log = "registry/danmark"});
  const auto& report = std::get<platform::VerifyReport>(verified);
  EXPECT_FALSE(report.damage.has_value()) << platform::sentence_for(report);
}

TEST_F(RegistryModule, LeavesNothingOfAPersonCreatedAndErasedInOneRun) {
  {
    Site site(path_);
    erase_person(site, create_person(site).name());
  }
  for (const char* personal : {"Tusnelda", "Prøvesten", "tusnelda@", "00 11 22 33"}) {
    EXPECT_THAT(files_holding(path_, personal), ElementsAre()) << personal;
  }
}

TEST_F(RegistryModule, WasDownUntilTheInstantItIsStartedAt) {
  const absl::Time back = kStart + absl::Hours(24 * 8);
  { const Site site(path_); }
  {
    Site site(path_, back);
    EXPECT_EQ(site.now(), back);
  }
  Site again(path_);
  EXPECT_EQ(again.now(), back) << "an earlier instant moves nothing";
}

TEST_F(RegistryModule, PutsTheDemoClockWhereItStood) {
  const absl::Time to = platform::start_of(LocalDate(2013, 2, 6));
  {
    Site site(path_);
    EXPECT_EQ(site.now(), kStart);
    grpc::ClientContext context;
    v1::AdvanceClockRequest request;
    *request.mutable_to() = platform::timestamp_of(to);
    request.set_request_id(kRequestId);
    v1::Clock clock;
    const auto status =
        v1::ClockService::NewStub(site.channel())->AdvanceClock(&context, request, &clock);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(clock.local_date(), "2013-02-06");
  }
  Site again(path_);
  EXPECT_EQ(again.now(), to);
}

}  // namespace
}  // namespace kkr::registry
