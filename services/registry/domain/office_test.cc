#include "services/registry/domain/office.h"

#include "services/registry/testing/scene.h"

namespace kkr::registry {
namespace {

using namespace scene;

constexpr char kMayor[] = "municipalities/165/offices/borgmester";

// The mayor's office of 165 from 2007 to 2025, which p-1 holds from 2010 to 2013; p-2 is erased.
Scene with_a_holder() {
  Scene scene = with_a_member();
  scene.then<v1::CreatePersonRequest>(
      R"(person_id: "p-1" person { given_name: "Karen" family_name: "Eksempel" })");
  scene.then<v1::CreatePersonRequest>(
      R"(person_id: "p-2" person { given_name: "Hans" family_name: "Eksempel" })");
  scene.then<v1::ErasePersonRequest>(R"(name: "persons/p-2")");
  scene.then<v1::CreateOfficeRequest>(R"(parent: "municipalities/165" office_id: "borgmester"
      office { title: "Borgmester" from_date: "2007-01-01" to_date: "2025-12-31" })");
  scene.then<v1::AppointHolderRequest>(R"(name: "municipalities/165/offices/borgmester"
      person: "persons/p-1" from_date: "2010-01-01" to_date: "2013-12-31")");
  return scene;
}

TEST(CreateOffice, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(parent: "regions/hovedstaden" office_id: "F")", Rejection::kNameInvalid},
      {R"(parent: "regions/hovedstaden/bodies/kkr" office_id: "F")", Rejection::kIdInvalid},
      {R"(parent: "regions/hovedstaden/bodies/kkr" office_id: "formand")", Rejection::kBodyUnknown},
      {R"(parent: "municipalities/999" office_id: "borgmester")", Rejection::kMunicipalityUnknown},
      {R"(parent: "municipalities/165" office_id: "borgmester")", Rejection::kAlreadyExists},
      {R"(parent: "municipalities/165" office_id: "direktoer")", Rejection::kTextTooShort},
      {R"(parent: "municipalities/165" office_id: "direktoer" office { title: "Direktør" })",
       Rejection::kDateInvalid},
      {R"(parent: "municipalities/165" office_id: "direktoer" office { title: "Direktør"
          from_date: "2012-01-01" to_date: "2011-12-31" })",
       Rejection::kPeriodReversed},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::CreateOfficeRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_holder(), command, context())), row.then) << row.when;
  }
}

std::string appoint(const std::string& rest) {
  return std::string("name: \"") + kMayor + "\" " + rest;
}

TEST(AppointHolder, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(name: "borgmester")", Rejection::kNameInvalid},
      {R"(name: "municipalities/101/offices/borgmester" person: "p")", Rejection::kNameInvalid},
      {R"(name: "municipalities/101/offices/borgmester" person: "persons/p-9")",
       Rejection::kOfficeUnknown},
      {appoint(R"(person: "persons/p-9" etag: "1")"), Rejection::kPersonUnknown},
      {appoint(R"(person: "persons/p-2" etag: "1")"), Rejection::kEtagStale},
      {appoint(R"(person: "persons/p-2")"), Rejection::kDateInvalid},
      {appoint(R"(person: "persons/p-2" from_date: "2013-12-31" to_date: "2012-12-31")"),
       Rejection::kPeriodReversed},
      {appoint(R"(person: "persons/p-2" from_date: "2013-12-31" to_date: "2026-12-31")"),
       Rejection::kPersonErased},
      {appoint(R"(person: "persons/p-1" from_date: "2013-12-31" to_date: "2026-12-31")"),
       Rejection::kOutsidePeriod},
      {appoint(R"(person: "persons/p-1" from_date: "2013-12-31")"), Rejection::kTenureOverlaps},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::AppointHolderRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_holder(), command, context())), row.then) << row.when;
  }
}

TEST(AppointHolder, HoldsUntilTheOfficeEnds) {
  const auto command =
      make<v1::AppointHolderRequest>(appoint(R"(person: "persons/p-1" from_date: "2014-01-01")"));
  expect_fact(facts_of(decide(with_a_holder(), command, context())), "office-165.borgmester",
              R"(holder_appointed { office: "municipalities/165/offices/borgmester"
                 person: "persons/p-1" from_date: "2014-01-01" to_date: "2025-12-31" })");
}

TEST(AppointHolder, CannotBeginAfterTheOfficeHasEnded) {
  const auto command =
      make<v1::AppointHolderRequest>(appoint(R"(person: "persons/p-1" from_date: "2026-01-01")"));
  EXPECT_EQ(rejection_of(decide(with_a_holder(), command, context())), Rejection::kOutsidePeriod);
}

TEST(EndTenure, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(name: "borgmester")", Rejection::kNameInvalid},
      {R"(name: "municipalities/101/offices/borgmester" etag: "1")", Rejection::kOfficeUnknown},
      {appoint(R"(etag: "1")"), Rejection::kEtagStale},
      {appoint(""), Rejection::kDateInvalid},
      {appoint(R"(to_date: "2014-01-01")"), Rejection::kTenureUnknown},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::EndTenureRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_holder(), command, context())), row.then) << row.when;
  }
}

TEST(EndTenure, EndsItOnce) {
  const auto command = make<v1::EndTenureRequest>(appoint(R"(to_date: "2012-06-30")"));
  Scene scene = with_a_holder();
  expect_fact(facts_of(decide(scene, command, context())), "office-165.borgmester",
              R"(tenure_ended { office: "municipalities/165/offices/borgmester"
                 from_date: "2010-01-01" to_date: "2012-06-30" })");
  scene.then(command);
  EXPECT_TRUE(facts_of(decide(scene, command, context())).empty());
}

TEST(EndOffice, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(name: "borgmester")", Rejection::kNameInvalid},
      {R"(name: "municipalities/101/offices/borgmester" etag: "1")", Rejection::kOfficeUnknown},
      {appoint(R"(etag: "1")"), Rejection::kEtagStale},
      {appoint(""), Rejection::kDateInvalid},
      {appoint(R"(to_date: "2006-12-31")"), Rejection::kPeriodReversed},
      {appoint(R"(to_date: "2009-12-31")"), Rejection::kTenureStartsLater},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::EndOfficeRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_holder(), command, context())), row.then) << row.when;
  }
}

TEST(EndOffice, EndsTheTenureThatWouldOutlastIt) {
  const auto facts = facts_of(decide(
      with_a_holder(), make<v1::EndOfficeRequest>(appoint(R"(to_date: "2012-06-30")")), context()));
  ASSERT_EQ(facts.size(), 2U);
  EXPECT_EQ(facts[0].event.office_ended().to_date(), "2012-06-30");
  EXPECT_EQ(facts[1].event.tenure_ended().from_date(), "2010-01-01");
  EXPECT_EQ(facts[1].event.tenure_ended().to_date(), "2012-06-30");
}

}  // namespace
}  // namespace kkr::registry
