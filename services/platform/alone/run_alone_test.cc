#include "services/platform/alone/run_alone.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

using ::testing::HasSubstr;

class RunAlone : public testing::Test {
 protected:
  int run(std::vector<const char*> arguments, const std::function<Module(EmbeddedPorts&)>& make) {
    arguments.insert(arguments.begin(), {"lone", "--data", data_.c_str()});
    testing::internal::CaptureStderr();
    const int exit_code =
        run_alone("lone", static_cast<int>(arguments.size()), arguments.data(), make);
    said_ = testing::internal::GetCapturedStderr();
    return exit_code;
  }

  static Module make_nothing(EmbeddedPorts&) { return Module("nothing"); }

  const TemporaryFolder temporary_;
  const std::string data_ = temporary_.path("data");
  std::string said_;
};

TEST_F(RunAlone, RefusesToBeOutOfReach) {
  EXPECT_EQ(run({}, make_nothing), 2);
  EXPECT_THAT(said_, HasSubstr("There is no address to be reached at (--grpc-listen)."));
}

TEST_F(RunAlone, StartsNothingToCheckTheSettings) {
  EXPECT_EQ(run({"--verify-config", "--grpc-listen", "127.0.0.1:0"}, make_nothing), 0);
  EXPECT_FALSE(std::filesystem::exists(data_));
}

TEST_F(RunAlone, SaysWhyItCannotStart) {
  const auto fail = [](EmbeddedPorts&) -> Module { throw std::runtime_error("The log is gone."); };
  EXPECT_EQ(run({"--grpc-listen", "127.0.0.1:0"}, fail), 1);
  EXPECT_THAT(said_, HasSubstr("The log is gone."));
}

}  // namespace
}  // namespace kkr::platform
