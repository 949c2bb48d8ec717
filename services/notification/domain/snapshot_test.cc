#include <gtest/gtest.h>

#include "services/notification/domain/story.h"

namespace kkr::notification {
namespace {

using story::at;
using story::kRound;
using story::Scene;

// A region in which everything has happened once.
Scene lived_in() {
  Scene scene;
  scene.open();
  v1::UpdateSettingsRequest settings;
  settings.mutable_settings()->set_name("regions/hovedstaden/notificationSettings");
  settings.mutable_settings()->set_send_hour(8);
  scene.tell(settings);
  v1::UpdatePreferencesRequest preferences;
  preferences.mutable_preferences()->set_name("regions/hovedstaden/preferences/p-1");
  scene.tell(preferences);
  scene.take(forget(scene.state, {"p-2"}));
  v1::UpdateReminderPlanRequest plan;
  plan.mutable_plan()->set_name(std::string(kRound) + "/reminderPlan");
  for (const int days : {10, 5, 1}) plan.mutable_plan()->add_days(days);
  scene.tell(plan);
  v1::StopReminderRequest stop;
  stop.set_name(std::string(kRound) + "/reminders/2013-03-19-5");
  stop.set_reason("Aftalt");
  scene.tell(stop);
  scene.answer("147");
  scene.extend("165", "2013-04-02");
  scene.remind(at(3, 8, 8));
  scene.take(
      follow(scene.state,
             Happening{v1::OCCASION_INVOICE_ISSUED, story::kInvoice, "1", scene.now, {{"147"}}, {}},
             scene.context()));
  scene.take(follow_dunning(scene.state, story::kInvoice, 1, scene.now, scene.context()));
  return scene;
}

TEST(Snapshot, HoldsAllOfTheState) {
  const Scene scene = lived_in();
  const std::string saved = save_state(scene.state);
  Notification loaded;
  ASSERT_TRUE(load_state(saved, loaded));
  EXPECT_EQ(save_state(loaded), saved);
  EXPECT_EQ(next_due(loaded), next_due(scene.state));
  Scene goes_on = scene;
  goes_on.state = loaded;
  EXPECT_EQ(goes_on.plan(), scene.plan());
  EXPECT_EQ(goes_on.remind(at(3, 18)), lived_in().remind(at(3, 18)));
}

TEST(Snapshot, IsNoneOfAnotherMaking) {
  Notification state;
  EXPECT_FALSE(load_state("no snapshot", state));
}

}  // namespace
}  // namespace kkr::notification
