#include "services/notification/domain/preferences.h"

#include <gtest/gtest.h>

#include "services/notification/domain/story.h"

namespace kkr::notification {
namespace {

using story::Scene;

constexpr char kName[] = "regions/hovedstaden/preferences/p-1";

v1::UpdatePreferencesRequest turning_off(v1::Occasion occasion) {
  v1::UpdatePreferencesRequest command;
  command.mutable_preferences()->set_name(kName);
  command.mutable_preferences()->add_turned_off(occasion);
  return command;
}

TEST(UpdatePreferences, TurnsOffWhatMayBeTurnedOff) {
  const struct {
    v1::Occasion occasion;
    bool mandatory;
  } rows[] = {
      {v1::OCCASION_INVITATION, true},      {v1::OCCASION_ANSWER_RECEIVED, false},
      {v1::OCCASION_REMINDER, true},        {v1::OCCASION_EXTENSION_GRANTED, false},
      {v1::OCCASION_ROUND_CLOSED, false},   {v1::OCCASION_COLLECTION_READY, false},
      {v1::OCCASION_INVOICE_ISSUED, true},  {v1::OCCASION_DUNNING, true},
      {v1::OCCASION_ROUND_CANCELLED, true},
  };
  for (const auto& row : rows) {
    Scene scene;
    if (row.mandatory) {
      EXPECT_EQ(scene.refused(turning_off(row.occasion)), Rejection::kOccasionMandatory);
    } else {
      EXPECT_EQ(scene.tell(turning_off(row.occasion)).size(), 1u);
    }
  }
}

TEST(UpdatePreferences, KeepsTheEtagOfTheLastChange) {
  Scene scene;
  scene.tell(turning_off(v1::OCCASION_ROUND_CLOSED));
  const auto shown = shown_preferences(scene.state, kName, {"p-1"});
  EXPECT_EQ(shown.turned_off_size(), 1);
  EXPECT_FALSE(shown.etag().empty());
  auto stale = turning_off(v1::OCCASION_ROUND_CLOSED);
  stale.mutable_preferences()->set_etag("9-other");
  EXPECT_EQ(scene.refused(stale), Rejection::kEtagStale);
}

TEST(Forget, TakesPreferencesAwayForEver) {
  Scene scene;
  scene.tell(turning_off(v1::OCCASION_ROUND_CLOSED));
  EXPECT_EQ(scene.take(forget(scene.state, {"p-1"})).size(), 1u);
  EXPECT_EQ(shown_preferences(scene.state, kName, {"p-1"}).turned_off_size(), 0);
  EXPECT_EQ(scene.refused(turning_off(v1::OCCASION_ROUND_CLOSED)), Rejection::kPersonErased);
  EXPECT_TRUE(scene.take(forget(scene.state, {"p-1"})).empty());
}

}  // namespace
}  // namespace kkr::notification
