#include "services/platform/event_store/hash_chain.h"

#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

TEST(EventHash, CoversEveryColumnTheLogAndTheRowBefore) {
  const RecordedEvent event{"g",
                            7,
                            "round-1",
                            2,
                            "round_opened",
                            "payload",
                            "metadata",
                            absl::FromUnixNanos(1'360'108'800'000'000'001),
                            {}};
  const Hash hash = event_hash("consultation/hovedstaden", Hash{}, event);
  EXPECT_EQ(hash, event_hash("consultation/hovedstaden", Hash{}, event));
  EXPECT_NE(hash, event_hash("consultation/sjaelland", Hash{}, event));
  EXPECT_NE(hash, event_hash("consultation/hovedstaden", Hash{1}, event));

  const auto changed = [&](auto change) {
    RecordedEvent other = event;
    change(other);
    return event_hash("consultation/hovedstaden", Hash{}, other);
  };
  EXPECT_NE(hash, changed([](auto& e) { e.generation = "h"; }));
  EXPECT_NE(hash, changed([](auto& e) { e.position = 8; }));
  EXPECT_NE(hash, changed([](auto& e) { e.stream = "round-2"; }));
  EXPECT_NE(hash, changed([](auto& e) { e.version = 3; }));
  EXPECT_NE(hash, changed([](auto& e) { e.type = "round_closed"; }));
  EXPECT_NE(hash, changed([](auto& e) { e.payload = "payloae"; }));
  EXPECT_NE(hash, changed([](auto& e) { e.metadata = ""; }));
  EXPECT_NE(hash, changed([](auto& e) { e.recorded_at += absl::Nanoseconds(1); }));
}

TEST(RequestHash, CoversEveryColumnTheLogAndTheRowBefore) {
  const RequestRecord request{"id", sha256_of("command"), 3, 4};
  const Hash hash = request_hash("log", Hash{}, 1, request);
  EXPECT_NE(request_hash("gol", Hash{}, 1, request), hash);
  EXPECT_NE(request_hash("log", Hash{1}, 1, request), hash);
  EXPECT_NE(request_hash("log", Hash{}, 2, request), hash);
  EXPECT_NE(request_hash("log", Hash{}, 1, {"di", sha256_of("command"), 3, 4}), hash);
  EXPECT_NE(request_hash("log", Hash{}, 1, {"id", sha256_of("dnammoc"), 3, 4}), hash);
  EXPECT_NE(request_hash("log", Hash{}, 1, {"id", sha256_of("command"), 2, 4}), hash);
  EXPECT_NE(request_hash("log", Hash{}, 1, {"id", sha256_of("command"), 3, 5}), hash);
}

TEST(CheckpointsHash, CoversEveryRow) {
  const Checkpoint one{"registry/danmark", "g", 5, {}};
  const Checkpoint two{"goals/hovedstaden", "g", 5, {}};
  EXPECT_NE(checkpoints_hash({one}), checkpoints_hash({one, two}));
  EXPECT_NE(checkpoints_hash({one, two}), checkpoints_hash({two, one}));
  EXPECT_NE(checkpoints_hash({one}), checkpoints_hash({{"registry/danmark", "g", 6, {}}}));
}

}  // namespace
}  // namespace kkr::platform
