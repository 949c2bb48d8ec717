#include "services/platform/mail/maildir_channel.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <vector>

#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

namespace fs = std::filesystem;

const Envelope kEnvelope{"kkr@kkr.example", "a@b.example", "id@kkr.example"};

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  return files;
}

TEST(MaildirChannel, PutsOneFileIntoNewWithTheLineEndsOfTheMachine) {
  const TemporaryFolder folder;
  MaildirChannel channel(folder.path());
  channel.send(kEnvelope, "Subject: x\r\n\r\na\rb\r\n");
  const auto files = files_in(folder.path("new"));
  ASSERT_EQ(files.size(), 1U);
  std::ifstream file(files[0], std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "Subject: x\n\na\rb\n");
  EXPECT_TRUE(files_in(folder.path("tmp")).empty());
}

TEST(MaildirChannel, HoldsARepeatedMessageOnce) {
  const TemporaryFolder folder;
  MaildirChannel channel(folder.path());
  channel.send(kEnvelope, "Subject: x\r\n\r\n");
  channel.send(kEnvelope, "Subject: x\r\n\r\n");
  EXPECT_EQ(files_in(folder.path("new")).size(), 1U);
  const fs::path mail = files_in(folder.path("new"))[0];
  fs::rename(mail, fs::path(folder.path("cur")) / (mail.filename().string() + ":2,S"));
  EXPECT_EQ(channel.send(kEnvelope, "Subject: x\r\n\r\n").kind, MailOutcome::Kind::kDelivered);
  EXPECT_TRUE(files_in(folder.path("new")).empty());
}

TEST(MaildirChannel, ForgetsAMailThatWasReadAlready) {
  const TemporaryFolder folder;
  MaildirChannel channel(folder.path());
  channel.send(kEnvelope, "Subject: x\r\n\r\n");
  const fs::path mail = files_in(folder.path("new"))[0];
  fs::rename(mail, fs::path(folder.path("cur")) / (mail.filename().string() + ":2,S"));
  EXPECT_TRUE(channel.forget(kEnvelope.message_id));
  EXPECT_TRUE(files_in(folder.path("cur")).empty());
}

}  // namespace
}  // namespace kkr::platform
