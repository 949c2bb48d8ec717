#include "services/registry/domain/person.h"

#include "services/registry/testing/scene.h"

namespace kkr::registry {
namespace {

using namespace scene;

constexpr char kCreate[] = R"(person_id: "p-1" person { given_name: "Karen" family_name: "Eksempel"
    email: "karen@albertslund.example" telephone: "+45 00 00 00 01" })";

TEST(CreatePerson, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(person_id: "Karen")", Rejection::kIdInvalid},
      {R"(person_id: "p-1")", Rejection::kAlreadyExists},
      {R"(person_id: "p-2" person { family_name: "Eksempel" })", Rejection::kTextTooShort},
      {R"(person_id: "p-2" person { given_name: "Karen" })", Rejection::kTextTooShort},
      {R"(person { given_name: "Karen" family_name: "Eksempel" email: "k" telephone: "k" })",
       Rejection::kEmailInvalid},
      {R"(person { given_name: "Karen" family_name: "Eksempel" telephone: "k" })",
       Rejection::kTelephoneInvalid},
  };
  Scene scene;
  scene.then<v1::CreatePersonRequest>(kCreate);
  for (const auto& row : rows) {
    const auto command = make<v1::CreatePersonRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(scene, command, context())), row.then) << row.when;
  }
}

TEST(CreatePerson, PutsNothingPersonalIntoTheEvent) {
  const auto decision = decide(State{}, make<v1::CreatePersonRequest>(kCreate), context());
  expect_fact(facts_of(decision), "person-p-1", R"(person_registered { person: "persons/p-1" })");
  const auto& writes = std::get<Effects>(decision).private_writes;
  ASSERT_EQ(writes.size(), 1U);
  EXPECT_EQ(writes[0].key, "persons/p-1");
  v1::Person kept;
  ASSERT_TRUE(kept.ParseFromString(writes[0].value.value()));
  EXPECT_EQ(kept.given_name(), "Karen");
  EXPECT_EQ(kept.family_name(), "Eksempel");
  EXPECT_EQ(kept.email(), "karen@albertslund.example");
  EXPECT_EQ(kept.telephone(), "+45 00 00 00 01");
}

TEST(CreatePerson, MakesTheIdOfTheContext) {
  const auto command =
      make<v1::CreatePersonRequest>(R"(person { given_name: "Karen" family_name: "Eksempel" })");
  const auto facts = facts_of(decide(State{}, command, context()));
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].event.person_registered().person(), "persons/" + context().new_id);
}

TEST(UpdatePerson, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(person { name: "p-1" })", Rejection::kNameInvalid},
      {R"(person { name: "persons/p-2" etag: "2" })", Rejection::kPersonUnknown},
      {R"(person { name: "persons/p-1" etag: "1" })", Rejection::kEtagStale},
      {R"(person { name: "persons/p-1" etag: "2" })", Rejection::kTextTooShort},
      {R"(person { name: "persons/p-1" given_name: "Karen" family_name: "Ny" })",
       Rejection::kPersonErased},
  };
  Scene scene;
  scene.then<v1::CreatePersonRequest>(kCreate);
  scene.then<v1::ErasePersonRequest>(R"(name: "persons/p-1")");
  for (const auto& row : rows) {
    const auto command = make<v1::UpdatePersonRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(scene, command, context())), row.then) << row.when;
  }
}

TEST(UpdatePerson, ReplacesTheDocument) {
  Scene scene;
  scene.then<v1::CreatePersonRequest>(kCreate);
  const auto command = make<v1::UpdatePersonRequest>(
      R"(person { name: "persons/p-1" given_name: "Karen" family_name: "Ny" })");
  const auto decision = decide(scene, command, context());
  expect_fact(facts_of(decision), "person-p-1", R"(person_updated { person: "persons/p-1" })");
  v1::Person kept;
  ASSERT_TRUE(kept.ParseFromString(std::get<Effects>(decision).private_writes.at(0).value.value()));
  EXPECT_EQ(kept.ShortDebugString(), R"(given_name: "Karen" family_name: "Ny")");
}

TEST(ErasePerson, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(name: "p-1" etag: "9")", Rejection::kNameInvalid},
      {R"(name: "persons/p-2" etag: "9")", Rejection::kPersonUnknown},
      {R"(name: "persons/p-1" etag: "9")", Rejection::kEtagStale},
  };
  Scene scene;
  scene.then<v1::CreatePersonRequest>(kCreate);
  for (const auto& row : rows) {
    const auto command = make<v1::ErasePersonRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(scene, command, context())), row.then) << row.when;
  }
}

TEST(ErasePerson, ErasesTheDocumentOnce) {
  Scene scene;
  scene.then<v1::CreatePersonRequest>(kCreate);
  const auto command = make<v1::ErasePersonRequest>(R"(name: "persons/p-1")");
  const auto decision = decide(scene, command, context());
  expect_fact(facts_of(decision), "person-p-1", R"(person_erased { person: "persons/p-1" })");
  const auto& writes = std::get<Effects>(decision).private_writes;
  ASSERT_EQ(writes.size(), 1U);
  EXPECT_EQ(writes[0].key, "persons/p-1");
  EXPECT_EQ(writes[0].value, std::nullopt);
  scene.then(command);
  EXPECT_TRUE(facts_of(decide(scene, command, context())).empty());
}

}  // namespace
}  // namespace kkr::registry
