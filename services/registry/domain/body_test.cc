#include "services/registry/domain/body.h"

#include "services/registry/testing/scene.h"

namespace kkr::registry {
namespace {

using namespace scene;

Scene with_a_body() {
  Scene scene = with_a_member();
  scene.then<v1::CreateBodyRequest>(R"(parent: "regions/hovedstaden" body_id: "kkr" body {
      display_name: "KKR" kind: BODY_KIND_KKR from_date: "2007-01-01" })");
  return scene;
}

TEST(CreateBody, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(parent: "fyn" body_id: "K")", Rejection::kNameInvalid},
      {R"(parent: "regions/fyn" body_id: "K")", Rejection::kIdInvalid},
      {R"(parent: "regions/fyn" body_id: "kkr")", Rejection::kRegionUnknown},
      {R"(parent: "regions/hovedstaden" body_id: "kkr")", Rejection::kAlreadyExists},
      {R"(parent: "regions/hovedstaden" body_id: "k29")", Rejection::kTextTooShort},
      {R"(parent: "regions/hovedstaden" body_id: "k29" body { display_name: "K29" })",
       Rejection::kBodyKindMissing},
      {R"(parent: "regions/hovedstaden" body_id: "k29" body { display_name: "K29"
          kind: BODY_KIND_CHIEF_EXECUTIVES })",
       Rejection::kDateInvalid},
      {R"(parent: "regions/hovedstaden" body_id: "k29" body { display_name: "K29"
          kind: BODY_KIND_CHIEF_EXECUTIVES from_date: "2006-12-31" to_date: "2005-12-31" })",
       Rejection::kPeriodReversed},
      {R"(parent: "regions/hovedstaden" body_id: "k29" body { display_name: "K29"
          kind: BODY_KIND_CHIEF_EXECUTIVES from_date: "2006-12-31" })",
       Rejection::kOutsidePeriod},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::CreateBodyRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_body(), command, context())), row.then) << row.when;
  }
}

TEST(UpdateBody, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(body { name: "kkr" })", Rejection::kNameInvalid},
      {R"(body { name: "regions/hovedstaden/bodies/xx" etag: "1" })", Rejection::kBodyUnknown},
      {R"(body { name: "regions/hovedstaden/bodies/kkr" etag: "1" }
          update_mask { paths: "to_date" })",
       Rejection::kEtagStale},
      {R"(body { name: "regions/hovedstaden/bodies/kkr" etag: "6" }
          update_mask { paths: "to_date" })",
       Rejection::kMaskInvalid},
      {R"(body { name: "regions/hovedstaden/bodies/kkr" etag: "6" })", Rejection::kTextTooShort},
      {R"(body { name: "regions/hovedstaden/bodies/kkr" display_name: "KKR Hovedstaden" })",
       Rejection::kBodyKindMissing},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::UpdateBodyRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_body(), command, context())), row.then) << row.when;
  }
}

TEST(UpdateBody, ChangesWhatTheMaskNamesOnly) {
  const auto command = make<v1::UpdateBodyRequest>(R"(
      body { name: "regions/hovedstaden/bodies/kkr" display_name: "KKR Hovedstaden" }
      update_mask { paths: "display_name" })");
  Scene scene = with_a_body();
  expect_fact(facts_of(decide(scene, command, context())), "body-hovedstaden.kkr",
              R"(body_updated { body: "regions/hovedstaden/bodies/kkr"
                 display_name: "KKR Hovedstaden" kind: BODY_KIND_KKR })");
  scene.then(command);
  EXPECT_TRUE(facts_of(decide(scene, command, context())).empty());
}

TEST(EndBody, NamesTheFirstRuleThatIsBroken) {
  const struct {
    std::string when;
    Rejection then;
  } rows[] = {
      {R"(name: "kkr")", Rejection::kNameInvalid},
      {R"(name: "regions/hovedstaden/bodies/xx" etag: "1")", Rejection::kBodyUnknown},
      {R"(name: "regions/hovedstaden/bodies/kkr" etag: "1")", Rejection::kEtagStale},
      {R"(name: "regions/hovedstaden/bodies/kkr" to_date: "x")", Rejection::kDateInvalid},
      {R"(name: "regions/hovedstaden/bodies/kkr" to_date: "2006-12-31")",
       Rejection::kPeriodReversed},
      {R"(name: "regions/hovedstaden/bodies/kkr" to_date: "2027-01-01")",
       Rejection::kOutsidePeriod},
  };
  for (const auto& row : rows) {
    const auto command = make<v1::EndBodyRequest>(row.when);
    EXPECT_EQ(rejection_of(decide(with_a_body(), command, context())), row.then) << row.when;
  }
}

TEST(EndBody, EndsItOnce) {
  const auto command =
      make<v1::EndBodyRequest>(R"(name: "regions/hovedstaden/bodies/kkr" to_date: "2020-06-30")");
  Scene scene = with_a_body();
  expect_fact(facts_of(decide(scene, command, context())), "body-hovedstaden.kkr",
              R"(body_ended { body: "regions/hovedstaden/bodies/kkr" to_date: "2020-06-30" })");
  scene.then(command);
  EXPECT_TRUE(facts_of(decide(scene, command, context())).empty());
}

}  // namespace
}  // namespace kkr::registry
