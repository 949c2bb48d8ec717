#include "services/platform/appender/fact_versions.h"

#include <gtest/gtest.h>

#include <limits>

#include "kkr/notebook/v1/events.pb.h"

namespace kkr::platform {
namespace {

using notebook::v1::Event;

const google::protobuf::Descriptor& events() { return *Event::descriptor(); }

Event with(void (*set)(Event&)) {
  Event event;
  set(event);
  return event;
}

class FactVersions : public testing::Test {
 protected:
  ~FactVersions() override { know_no_fact_newer_than(std::numeric_limits<std::uint64_t>::max()); }
};

TEST_F(FactVersions, AreWhatTheOptionSaysAndTheFirstWithoutIt) {
  const struct {
    Event event;
    std::optional<std::uint64_t> version;
  } rows[] = {
      {with([](Event& event) { event.mutable_note_written(); }), 1},
      {with([](Event& event) { event.mutable_note_pinned(); }), 2},
      {with([](Event&) {}), std::nullopt},
      {with([](Event& event) { event.ParseFromString("\xaa\x06\x01z"); }), std::nullopt},
  };
  for (const auto& row : rows) EXPECT_EQ(version_of(row.event), row.version) << &row - rows;
}

TEST_F(FactVersions, AreReadUpToTheNewestThereIs) {
  EXPECT_EQ(version_read(events()), 2u);
  EXPECT_EQ(version_read("notebook"), 2u);
  EXPECT_EQ(version_read("no-such-service"), kFirstVersion);
  EXPECT_EQ(events_of("notebook"), &events());
  EXPECT_EQ(events_of("no-such-service"), nullptr);
}

TEST_F(FactVersions, TellWhatIsKnownByMessageAndByName) {
  EXPECT_TRUE(is_known(with([](Event& event) { event.mutable_note_pinned(); })));
  EXPECT_FALSE(is_known(Event()));
  EXPECT_TRUE(is_known(events(), "note_pinned"));
  EXPECT_FALSE(is_known(events(), "note_painted"));
  EXPECT_FALSE(is_known(events(), ""));
}

TEST_F(FactVersions, AreRehearsedAsAnEarlierReleaseKnowsThem) {
  know_no_fact_newer_than(1);
  EXPECT_EQ(version_read(events()), 1u);
  EXPECT_TRUE(is_known(with([](Event& event) { event.mutable_note_written(); })));
  EXPECT_FALSE(is_known(with([](Event& event) { event.mutable_note_pinned(); })));
  EXPECT_FALSE(is_known(events(), "note_pinned"));
}

}  // namespace
}  // namespace kkr::platform
