// Templates as they are shown and as letters are written from them: what a version reads is fetched
// from the texts outside the log.
#pragma once

#include <optional>
#include <string>

#include "services/notification/domain/state.h"
#include "services/notification/domain/templates.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::notification {

// The newest version, from 1; 0 while nobody has changed the template.
int newest_version(const Notification& state, const TemplateId& id);

// What the version reads; the built-in content for version 0 and for one that was set back to it.
// nullopt when there is no such version, its text has been erased, or the store gives no answer.
std::optional<v1::TemplateContent> content_of(const Notification& state, const TemplateId& id,
                                              int version, platform::EventStore& store);

// The template in that version; nullopt as content_of().
std::optional<v1::Template> shown_template(const Notification& state, const std::string& region,
                                           const TemplateId& id, int version,
                                           platform::EventStore& store);

}  // namespace kkr::notification
