// What every way out of the house must do with a mail. An adapter joins by one line:
//   INSTANTIATE_TEST_SUITE_P(Smtp, MailChannelContract, testing::Values(smtp_post));
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "services/platform/mail/mail_channel.h"

namespace kkr::platform {

// A channel and the place its mails arrive at.
class MailPost {
 public:
  virtual ~MailPost() = default;
  virtual MailChannel& channel() = 0;
  // The mails that have arrived, lines ending in CRLF, in any order.
  virtual std::vector<std::string> arrived() const = 0;
  // From now on nothing can be taken.
  virtual void break_down() = 0;
};

using MakePost = std::unique_ptr<MailPost> (*)();

class MailChannelContract : public testing::TestWithParam<MakePost> {
 protected:
  MailPost& post() { return *post_; }
  MailOutcome send(const std::string& id, const std::string& mail);

 private:
  const std::unique_ptr<MailPost> post_ = GetParam()();
};

}  // namespace kkr::platform
