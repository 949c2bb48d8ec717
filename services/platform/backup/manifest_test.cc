#include "services/platform/backup/manifest.h"

#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

Manifest sample() {
  BackedUpLog log;
  log.log = "consultation/hovedstaden";
  log.file = "consultation/hovedstaden.db";
  log.size_bytes = 4096;
  log.sha256 = sha256_of("file");
  log.head = {"g", 7, sha256_of("event")};
  log.request_sequence = 5;
  log.request_hash = sha256_of("request");
  log.checkpoints = {{"registry/danmark", "h", 3, sha256_of("c")}};
  log.attachments_folder = "consultation/hovedstaden.attachments";
  log.attachments = {{sha256_of("pdf"), 3, "application/pdf"}};
  log.companions = {{"consultation/hovedstaden/more.db", 4096, sha256_of("more")}};
  return {absl::FromUnixSeconds(1'360'108'800), {log}, {{"goals/hovedstaden", "damaged"}}};
}

TEST(Manifest, IsReadBackAsItWasWritten) {
  EXPECT_EQ(parse_manifest(manifest_json(sample())), sample());
}

TEST(Manifest, RefusesWhatItDoesNotUnderstand) {
  const auto changed = [](const std::string& from, const std::string& to) {
    auto json = manifest_json(sample());
    return json.replace(json.find(from), from.size(), to);
  };
  ASSERT_TRUE(parse_manifest(changed("\"position\": 7", "\"position\": 8")));
  for (const auto& json :
       {std::string(), std::string("[]"), changed("\"format\": 1", "\"format\": 2"),
        changed("\"position\": 7", "\"position\": \"7\""), changed("\"sha256\"", "\"sha\""),
        changed("2013-02-06T", "yesterday"), changed(to_hex(sha256_of("file")), "00")})
    EXPECT_EQ(parse_manifest(json), std::nullopt) << json;
}

TEST(Manifest, NamesACheckpointThatIsAheadOfItsSource) {
  auto manifest = sample();
  EXPECT_EQ(checkpoint_ahead_of_source(manifest), std::nullopt)
      << "the source is not in the backup";
  BackedUpLog source;
  source.log = "registry/danmark";
  source.head.position = 3;
  manifest.logs.push_back(source);
  EXPECT_EQ(checkpoint_ahead_of_source(manifest), std::nullopt);
  manifest.logs[1].head.position = 2;
  EXPECT_EQ(checkpoint_ahead_of_source(manifest),
            "consultation/hovedstaden has followed registry/danmark up to position 3, but the copy "
            "of that log ends at 2");
}

TEST(Manifest, RefusesNamesThatLeadOutOfTheFolder) {
  for (const char* path : {"../hovedstaden.db", "/etc/passwd", "a/../../b"}) {
    auto manifest = sample();
    manifest.logs[0].file = path;
    EXPECT_EQ(parse_manifest(manifest_json(manifest)), std::nullopt) << path;
    manifest = sample();
    manifest.logs[0].attachments_folder = path;
    EXPECT_EQ(parse_manifest(manifest_json(manifest)), std::nullopt) << path;
  }
}

}  // namespace
}  // namespace kkr::platform
