#include "services/notification/domain/settings.h"

#include <gmock/gmock.h>

#include "services/notification/domain/story.h"

namespace kkr::notification {
namespace {

using story::Scene;
using testing::ElementsAre;

v1::UpdateSettingsRequest settings() {
  v1::UpdateSettingsRequest command;
  command.mutable_settings()->set_name("regions/hovedstaden/notificationSettings");
  return command;
}

TEST(Settings, HoldWhileNobodyHasSetAny) {
  const auto shown = notification::shown(Settings(), "hovedstaden");
  EXPECT_EQ(shown.name(), "regions/hovedstaden/notificationSettings");
  EXPECT_EQ(shown.send_hour(), 9);
  EXPECT_THAT(shown.reminder_days(), ElementsAre(14, 7, 2));
  EXPECT_EQ(shown.contact_offices_size(), 9);
  EXPECT_EQ(shown.language(), v1::LANGUAGE_DANISH);
}

TEST(UpdateSettings, RefusesWhatNoFieldMayHold) {
  Scene scene;
  auto hour = settings();
  hour.mutable_settings()->set_send_hour(24);
  auto twice = settings();
  twice.mutable_settings()->add_reminder_days(7);
  twice.mutable_settings()->add_reminder_days(7);
  auto nothing = settings();
  nothing.mutable_settings()->add_contact_offices()->add_offices("borgmester");
  auto retention = settings();
  retention.mutable_settings()->set_retention_days(0);
  for (const auto& command : {hour, twice, nothing, retention}) {
    EXPECT_EQ(scene.refused(command), Rejection::kArgumentInvalid) << command.ShortDebugString();
  }
}

TEST(UpdateSettings, TurnsOffWhatIsNotMandatory) {
  Scene scene;
  scene.open();
  auto command = settings();
  command.mutable_settings()->add_contact_offices()->set_occasion(v1::OCCASION_REMINDER);
  EXPECT_EQ(scene.refused(command), Rejection::kOccasionMandatory);
  command.mutable_settings()->mutable_contact_offices(0)->set_occasion(
      v1::OCCASION_ANSWER_RECEIVED);
  scene.tell(command);
  const auto events = scene.answer("165");
  ASSERT_EQ(events.size(), 1u);
  EXPECT_TRUE(events.front().has_answer_followed());
}

TEST(UpdateSettings, MovesTheRemindersThatAreToCome) {
  Scene scene;
  scene.open();
  auto command = settings();
  command.mutable_settings()->set_send_hour(0);
  auto& contact = *command.mutable_settings()->add_contact_offices();
  contact.set_occasion(v1::OCCASION_REMINDER);
  contact.add_offices("borgmester");
  scene.tell(command);
  EXPECT_EQ(next_due(scene.state), story::at(3, 5, 0));
  const auto plan = plan_of(*find_round(scene.state, story::kRound), scene.state.settings);
  EXPECT_EQ(plan.front().recipients.front().office, "borgmester");
}

}  // namespace
}  // namespace kkr::notification
