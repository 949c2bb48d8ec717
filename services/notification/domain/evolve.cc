// How each recorded fact changes the state: the one place that lists them all.
#include "services/notification/domain/feed.h"
#include "services/notification/domain/followed_round.h"
#include "services/notification/domain/notices.h"
#include "services/notification/domain/preferences.h"
#include "services/notification/domain/reminder_commands.h"
#include "services/notification/domain/settings.h"
#include "services/notification/domain/state.h"
#include "services/notification/domain/templates.h"
#include "services/notification/domain/webhook.h"

namespace kkr::notification {

void evolve(Notification& state, const Recorded& recorded) {
  const v1::Event& event = recorded.event;
  switch (event.fact_case()) {
    case v1::Event::kSettingsUpdated: return evolve(state, event.settings_updated(), recorded);
    case v1::Event::kPreferencesUpdated:
      return evolve(state, event.preferences_updated(), recorded);
    case v1::Event::kPersonForgotten: return evolve(state, event.person_forgotten(), recorded);
    case v1::Event::kNoticeDue: return evolve(state, event.notice_due(), recorded);
    case v1::Event::kRoundFollowed: return evolve(state, event.round_followed(), recorded);
    case v1::Event::kAnswerFollowed: return evolve(state, event.answer_followed(), recorded);
    case v1::Event::kDeadlineFollowed: return evolve(state, event.deadline_followed(), recorded);
    case v1::Event::kRoundPhaseFollowed:
      return evolve(state, event.round_phase_followed(), recorded);
    case v1::Event::kSourceRolledBack: return evolve(state, event.source_rolled_back(), recorded);
    case v1::Event::kReminderPlanUpdated:
      return evolve(state, event.reminder_plan_updated(), recorded);
    case v1::Event::kReminderMoved: return evolve(state, event.reminder_moved(), recorded);
    case v1::Event::kReminderStopped: return evolve(state, event.reminder_stopped(), recorded);
    case v1::Event::kReminderReasonErased:
      return evolve(state, event.reminder_reason_erased(), recorded);
    case v1::Event::kTemplateUpdated: return evolve(state, event.template_updated(), recorded);
    case v1::Event::kFeedCreated: return evolve(state, event.feed_created(), recorded);
    case v1::Event::kFeedRevoked: return evolve(state, event.feed_revoked(), recorded);
    case v1::Event::kWebhookCreated: return evolve(state, event.webhook_created(), recorded);
    case v1::Event::kWebhookUpdated: return evolve(state, event.webhook_updated(), recorded);
    case v1::Event::kWebhookSecretRotated:
      return evolve(state, event.webhook_secret_rotated(), recorded);
    case v1::Event::kWebhookDeleted: return evolve(state, event.webhook_deleted(), recorded);
    case v1::Event::FACT_NOT_SET: return;  // Unreachable: the log refuses a fact it cannot read.
  }
}

}  // namespace kkr::notification
