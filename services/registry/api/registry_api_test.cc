// The registry's methods over real gRPC: what comes back, page by page, as of a date.
#include <gmock/gmock.h>

#include <algorithm>
#include <vector>

#include "services/platform/grpc/error_status.h"
#include "services/platform/time/timestamp.h"
#include "services/registry/testing/registry_site.h"

namespace kkr::registry {
namespace {

using scene::make;
using testing::ElementsAre;
using testing::HasSubstr;

std::string new_request_id() {
  static int number = 100;
  return "00000000-0000-4000-8000-000000000" + std::to_string(++number);
}

// Adds a request id of its own to a command.
template <class Command>
Command identified(Command command) {
  command.set_request_id(new_request_id());
  return command;
}

class RegistryApi : public testing::Test {
 protected:
  // Calls `method` of a stub of `Service` and expects success.
  template <class Service, class Request, class Reply>
  Reply call(grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&, Reply*),
             const Request& request) {
    Reply reply;
    const grpc::Status status = try_call<Service>(method, request, reply);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return reply;
  }
  // The reason of the failure that the call is expected to end with.
  template <class Service, class Request, class Reply>
  std::string reason(grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Reply*),
                     const Request& request) {
    Reply reply;
    return platform::reason_of(try_call<Service>(method, request, reply));
  }
  template <class Service, class Request, class Reply>
  grpc::Status try_call(grpc::Status (Service::Stub::*method)(grpc::ClientContext*, const Request&,
                                                              Reply*),
                        const Request& request, Reply& reply) {
    grpc::ClientContext context;
    const auto stub = Service::NewStub(site_.channel());
    return (stub.get()->*method)(&context, request, &reply);
  }

  RegistrySite site_;
};

using Regions = v1::RegionService;
using Clusters = v1::ClusterService;
using Bodies = v1::BodyService;
using Municipalities = v1::MunicipalityService;
using Persons = v1::PersonService;
using Offices = v1::OfficeService;
using Clocks = v1::ClockService;

TEST_F(RegistryApi, ListsTheMunicipalitiesOfARegionAsOfADate) {
  v1::ListRegionMunicipalitiesRequest request;
  request.set_parent("regions/hovedstaden");
  request.set_as_of("2013-02-06");
  const auto reply = call<Municipalities>(&Municipalities::Stub::ListRegionMunicipalities, request);
  ASSERT_EQ(reply.municipalities_size(), 29);
  EXPECT_EQ(reply.total_size(), 29);
  EXPECT_EQ(reply.as_of(), "2013-02-06");
  EXPECT_EQ(reply.next_page_token(), "");
  const auto& albertslund = *std::find_if(
      reply.municipalities().begin(), reply.municipalities().end(),
      [](const v1::Municipality& municipality) { return municipality.code() == "165"; });
  EXPECT_EQ(albertslund.name(), "municipalities/165");
  EXPECT_EQ(albertslund.display_name(), "Albertslund");
  EXPECT_EQ(albertslund.official_name(), "Albertslund Kommune");
  EXPECT_EQ(albertslund.cvr(), "66137112");
  EXPECT_EQ(albertslund.ean(), "");
  EXPECT_EQ(albertslund.region(), "regions/hovedstaden");
  EXPECT_THAT(albertslund.clusters(), ElementsAre("regions/hovedstaden/clusters/syd"));
  EXPECT_EQ(albertslund.population().count(), 27824);
  EXPECT_EQ(albertslund.population().reference_date(), "2013-01-01");
  EXPECT_EQ(albertslund.population().source(), "Danmarks Statistik");
}

TEST_F(RegistryApi, LetsOestdanmarkBeginOnItsFirstDay) {
  const std::pair<const char*, int> sizes[] = {{"2026-12-31", 0}, {"2027-01-01", 46}};
  for (const auto& [date, size] : sizes) {
    v1::ListRegionMunicipalitiesRequest request;
    request.set_parent("regions/oestdanmark");
    request.set_as_of(date);
    const auto reply =
        call<Municipalities>(&Municipalities::Stub::ListRegionMunicipalities, request);
    EXPECT_EQ(reply.municipalities_size(), size) << date;
  }
}

TEST_F(RegistryApi, TakesTodayWhereNoDateIsGiven) {
  v1::GetMunicipalityRequest request;
  request.set_name("municipalities/165");
  site_.clock().advance_to(platform::start_of(LocalDate(2013, 12, 31)));
  EXPECT_EQ(call<Municipalities>(&Municipalities::Stub::GetMunicipality, request)
                .population()
                .reference_date(),
            "2013-01-01");
  site_.clock().advance_to(platform::start_of(LocalDate(2014, 1, 1)));
  EXPECT_EQ(call<Municipalities>(&Municipalities::Stub::GetMunicipality, request)
                .population()
                .reference_date(),
            "2014-01-01");
}

TEST_F(RegistryApi, PagesWithoutGapsOrRepetition) {
  v1::ListMunicipalitiesRequest request;
  request.set_page_size(40);
  std::vector<std::string> codes;
  int pages = 0;
  do {
    const auto reply = call<Municipalities>(&Municipalities::Stub::ListMunicipalities, request);
    for (const auto& municipality : reply.municipalities()) codes.push_back(municipality.code());
    request.set_page_token(reply.next_page_token());
    ++pages;
  } while (!request.page_token().empty() && pages < 10);
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(codes.size(), 98U);
  EXPECT_TRUE(std::is_sorted(codes.begin(), codes.end()));
  EXPECT_EQ(std::adjacent_find(codes.begin(), codes.end()), codes.end());
}

TEST_F(RegistryApi, RefusesATokenOfAnotherList) {
  v1::ListMunicipalitiesRequest all;
  all.set_page_size(1);
  const auto reply = call<Municipalities>(&Municipalities::Stub::ListMunicipalities, all);
  v1::ListRegionsRequest regions;
  regions.set_page_token(reply.next_page_token());
  EXPECT_EQ(reason<Regions>(&Regions::Stub::ListRegions, regions), "PAGE_TOKEN_INVALID");
}

TEST_F(RegistryApi, SaysWhichFieldIsWrong) {
  EXPECT_EQ(
      reason<Municipalities>(&Municipalities::Stub::ListRegionMunicipalities,
                             make<v1::ListRegionMunicipalitiesRequest>(R"(parent: "hovedstaden")")),
      "NAME_INVALID");
  EXPECT_EQ(reason<Municipalities>(&Municipalities::Stub::ListRegionMunicipalities,
                                   make<v1::ListRegionMunicipalitiesRequest>(
                                       R"(parent: "regions/hovedstaden" as_of: "2013-02-29")")),
            "DATE_INVALID");
  EXPECT_EQ(
      reason<Municipalities>(&Municipalities::Stub::ListRegionMunicipalities,
                             make<v1::ListRegionMunicipalitiesRequest>(R"(parent: "regions/fyn")")),
      "REGION_UNKNOWN");
}

TEST_F(RegistryApi, ListsTheRegionsOfADate) {
  const auto names = [&](const char* date) {
    v1::ListRegionsRequest request;
    request.set_as_of(date);
    const auto reply = call<Regions>(&Regions::Stub::ListRegions, request);
    std::vector<std::string> listed;
    for (const auto& region : reply.regions()) listed.push_back(region.display_name());
    return listed;
  };
  EXPECT_THAT(names("2026-12-31"),
              ElementsAre("Hovedstaden", "Midtjylland", "Nordjylland", "Sjælland", "Syddanmark"));
  EXPECT_THAT(names("2027-01-01"),
              ElementsAre("Midtjylland", "Nordjylland", "Østdanmark", "Syddanmark"));
}

TEST_F(RegistryApi, ShowsAMembershipAsChanged) {
  const auto ended =
      call<Regions>(&Regions::Stub::EndRegionMember,
                    identified(make<v1::EndRegionMemberRequest>(R"(region: "regions/nordjylland"
          municipality: "municipalities/851" to_date: "2020-12-31")")));
  EXPECT_EQ(ended.from_date(), "2007-01-01");
  EXPECT_EQ(ended.to_date(), "2020-12-31");
  v1::ListRegionMembershipsRequest list;
  list.set_parent("regions/nordjylland");
  EXPECT_EQ(call<Regions>(&Regions::Stub::ListRegionMemberships, list).memberships_size(), 11);
  list.set_as_of("2021-01-01");
  EXPECT_EQ(call<Regions>(&Regions::Stub::ListRegionMemberships, list).memberships_size(), 10);
}

TEST_F(RegistryApi, ListsClustersWithTheirMembersOfTheDate) {
  v1::ListClustersRequest request;
  request.set_parent("regions/hovedstaden");
  const auto clusters = call<Clusters>(&Clusters::Stub::ListClusters, request).clusters();
  ASSERT_EQ(clusters.size(), 5);
  EXPECT_EQ(clusters[1].display_name(), "Byen");
  EXPECT_EQ(clusters[1].members_size(), 2);
  EXPECT_FALSE(clusters[1].verified());
  EXPECT_THAT(clusters[1].note(), HasSubstr("København er delt"));
  request.set_as_of("2027-01-01");
  EXPECT_EQ(call<Clusters>(&Clusters::Stub::ListClusters, request).clusters_size(), 0);
}

TEST_F(RegistryApi, ListsBodiesAndRefusesAStaleEtag) {
  v1::ListBodiesRequest request;
  request.set_parent("regions/hovedstaden");
  const auto bodies = call<Bodies>(&Bodies::Stub::ListBodies, request).bodies();
  ASSERT_EQ(bodies.size(), 3);
  EXPECT_EQ(bodies[2].display_name(), "KKR Hovedstaden");
  EXPECT_EQ(bodies[2].kind(), v1::BODY_KIND_KKR);
  auto update = identified(make<v1::UpdateBodyRequest>(
      R"(body { name: "regions/hovedstaden/bodies/k29" display_name: "K29" kind: BODY_KIND_OTHER
                etag: "1" })"));
  EXPECT_EQ(reason<Bodies>(&Bodies::Stub::UpdateBody, update), "ETAG_STALE");
  update.mutable_body()->set_etag(bodies[1].etag());
  const auto updated = call<Bodies>(&Bodies::Stub::UpdateBody, update);
  EXPECT_EQ(updated.kind(), v1::BODY_KIND_OTHER);
  EXPECT_NE(updated.etag(), bodies[1].etag());
}

TEST_F(RegistryApi, KeepsBothFiguresWhenAPopulationIsCorrected) {
  const auto record = identified(make<v1::RecordPopulationRequest>(R"(
      parent: "municipalities/165" population { reference_date: "2013-01-01" count: 27825
      source: "Danmarks Statistik" })"));
  const auto recorded = call<Municipalities>(&Municipalities::Stub::RecordPopulation, record);
  EXPECT_EQ(recorded.name(), "municipalities/165/populations/15");
  EXPECT_EQ(recorded.count(), 27825);
  EXPECT_EQ(platform::instant_of(recorded.recorded_at()), scene::context().now);
  v1::ListPopulationsRequest list;
  list.set_parent("municipalities/165");
  const auto populations =
      call<Municipalities>(&Municipalities::Stub::ListPopulations, list).populations();
  ASSERT_EQ(populations.size(), 2);
  EXPECT_EQ(populations[0].count(), 27824);
  EXPECT_EQ(populations[1].count(), 27825);
}

TEST_F(RegistryApi, ImportsAFileOnce) {
  auto request = identified(v1::ImportMunicipalitiesRequest());
  request.set_csv(
      "code,name,official_name,cvr,population_2012\n"
      "165,Albertslund,Albertslund Kommune,66137112,27706\n");
  const auto first = call<Municipalities>(&Municipalities::Stub::ImportMunicipalities, request);
  EXPECT_EQ(first.municipalities(), 1);
  EXPECT_EQ(first.facts(), 1);
  const auto again =
      call<Municipalities>(&Municipalities::Stub::ImportMunicipalities, identified(request));
  EXPECT_EQ(again.facts(), 0);
}

TEST_F(RegistryApi, NamesLineColumnAndReasonOfAFaultyFile) {
  auto request = identified(v1::ImportMunicipalitiesRequest());
  request.set_csv("code,name,official_name,cvr\n165,Albertslund,Albertslund Kommune,66137113\n");
  v1::ImportMunicipalitiesResponse reply;
  const auto status =
      try_call<Municipalities>(&Municipalities::Stub::ImportMunicipalities, request, reply);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(platform::reason_of(status), "IMPORT_INVALID");
  EXPECT_EQ(status.error_message(),
            "Line 2, column cvr: a CVR number has eight digits, of which the last checks the "
            "others.");
}

v1::CreatePersonRequest karen() {
  return make<v1::CreatePersonRequest>(R"(person { given_name: "Karen" family_name: "Eksempel"
      email: "karen@albertslund.example" })");
}

TEST_F(RegistryApi, ReturnsTheSamePersonToARetry) {
  const auto request = identified(karen());
  const auto created = call<Persons>(&Persons::Stub::CreatePerson, request);
  EXPECT_EQ(created.name(), "persons/" + request.request_id());
  EXPECT_EQ(created.given_name(), "Karen");
  const auto again = call<Persons>(&Persons::Stub::CreatePerson, request);
  EXPECT_EQ(again.SerializeAsString(), created.SerializeAsString());
  EXPECT_EQ(call<Persons>(&Persons::Stub::ListPersons, v1::ListPersonsRequest()).persons_size(), 1);
}

TEST_F(RegistryApi, ShowsNothingOfAnErasedPerson) {
  const auto created = call<Persons>(&Persons::Stub::CreatePerson, identified(karen()));
  v1::ErasePersonRequest erase;
  erase.set_name(created.name());
  const auto erased = call<Persons>(&Persons::Stub::ErasePerson, identified(erase));
  EXPECT_TRUE(erased.erased());
  v1::GetPersonRequest get;
  get.set_name(created.name());
  const auto got = call<Persons>(&Persons::Stub::GetPerson, get);
  EXPECT_EQ(got.given_name() + got.family_name() + got.email() + got.telephone(), "");
  EXPECT_TRUE(got.erased());
  EXPECT_EQ(call<Persons>(&Persons::Stub::ListPersons, v1::ListPersonsRequest()).persons_size(), 0);
}

TEST_F(RegistryApi, ListsPersonsPageByPageAsOfADate) {
  for (int i = 0; i < 5; ++i) call<Persons>(&Persons::Stub::CreatePerson, identified(karen()));
  v1::ListPersonsRequest list;
  list.set_page_size(3);
  const auto first = call<Persons>(&Persons::Stub::ListPersons, list);
  EXPECT_EQ(first.persons_size(), 3);
  list.set_page_token(first.next_page_token());
  const auto second = call<Persons>(&Persons::Stub::ListPersons, list);
  EXPECT_EQ(second.persons_size(), 2);
  EXPECT_EQ(second.next_page_token(), "");
  EXPECT_GT(second.persons(0).name(), first.persons(2).name());
  v1::ListPersonsRequest before;
  before.set_as_of("2013-02-05");
  EXPECT_EQ(call<Persons>(&Persons::Stub::ListPersons, before).persons_size(), 0);
}

TEST_F(RegistryApi, ShowsTheHolderOfAnOfficeOnADate) {
  const auto person = call<Persons>(&Persons::Stub::CreatePerson, identified(karen()));
  call<Offices>(&Offices::Stub::CreateOffice,
                identified(make<v1::CreateOfficeRequest>(R"(parent: "municipalities/165"
                    office_id: "borgmester" office { title: "Borgmester"
                    from_date: "2007-01-01" })")));
  v1::AppointHolderRequest appoint;
  appoint.set_name("municipalities/165/offices/borgmester");
  appoint.set_person(person.name());
  appoint.set_from_date("2010-01-01");
  appoint.set_to_date("2013-12-31");
  const auto held = call<Offices>(&Offices::Stub::AppointHolder, identified(appoint));
  EXPECT_EQ(held.holder(), person.name());
  ASSERT_EQ(held.tenures_size(), 1);
  EXPECT_EQ(held.tenures(0).to_date(), "2013-12-31");
  v1::ListOfficesRequest list;
  list.set_parent("municipalities/165");
  EXPECT_EQ(call<Offices>(&Offices::Stub::ListOffices, list).offices(0).holder(), person.name());
  list.set_as_of("2014-01-01");
  EXPECT_EQ(call<Offices>(&Offices::Stub::ListOffices, list).offices(0).holder(), "");
}

TEST_F(RegistryApi, MovesTheDemoClock) {
  v1::AdvanceClockRequest advance;
  const absl::Time to = scene::context().now + absl::Hours(24);
  *advance.mutable_to() = platform::timestamp_of(to);
  const auto moved = call<Clocks>(&Clocks::Stub::AdvanceClock, identified(advance));
  EXPECT_EQ(platform::instant_of(moved.now()), to);
  EXPECT_EQ(moved.local_date(), "2013-02-07");
  EXPECT_TRUE(moved.demo());
  EXPECT_EQ(site_.clock().now(), to);
  EXPECT_EQ(site_.log().state()->state.demo_clock, to);
  *advance.mutable_to() = platform::timestamp_of(scene::context().now);
  EXPECT_EQ(reason<Clocks>(&Clocks::Stub::AdvanceClock, identified(advance)), "CLOCK_NOT_FORWARD");
  EXPECT_EQ(call<Clocks>(&Clocks::Stub::GetClock, v1::GetClockRequest()).local_date(),
            "2013-02-07");
}

TEST_F(RegistryApi, MovesTheDemoClockOnlyWhenTheWorkOnTheWayIsDone) {
  site_.rests(false);
  v1::AdvanceClockRequest advance;
  const absl::Time from = site_.clock().now();
  const absl::Time to = from + absl::Hours(24);
  *advance.mutable_to() = platform::timestamp_of(to);
  advance = identified(advance);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(50));
  v1::Clock moved;
  const auto status = Clocks::NewStub(site_.channel())->AdvanceClock(&context, advance, &moved);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(site_.clock().now(), from);

  site_.rests(true);
  EXPECT_EQ(platform::instant_of(call<Clocks>(&Clocks::Stub::AdvanceClock, advance).now()), to);
}

}  // namespace
}  // namespace kkr::registry
