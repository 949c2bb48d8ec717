#include "services/platform/process/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "services/platform/process/process_config.h"

namespace kkr::platform {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Parsed {
  std::optional<int> exit_code;
  ProcessConfig config;
  bool quiet = false;
};

Parsed parse(std::vector<const char*> arguments) {
  Parsed parsed;
  CLI::App app("", "toy");
  Settings settings(app);
  parsed.config.declare(settings);
  settings.add_switch("be-quiet", parsed.quiet, "");
  arguments.insert(arguments.begin(), "toy");
  parsed.exit_code = parse_command_line(app, static_cast<int>(arguments.size()), arguments.data());
  return parsed;
}

class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
  ~Variable() { unsetenv(name_); }

 private:
  const char* name_;
};

TEST(Settings, AreDeclaredOnceAndGivenAsFlagOrVariable) {
  EXPECT_EQ(Settings::variable_of("http-listen"), "KKR_HTTP_LISTEN");
  EXPECT_EQ(parse({"--drain-seconds=3"}).config.drain_seconds, 3);
  const Variable drain("KKR_DRAIN_SECONDS", "4");
  const Variable quiet("KKR_BE_QUIET", "true");
  EXPECT_EQ(parse({}).config.drain_seconds, 4);
  EXPECT_TRUE(parse({}).quiet);
  EXPECT_EQ(parse({"--drain-seconds=3"}).config.drain_seconds, 3) << "the flag wins";
}

TEST(Settings, LeaveTheDefaultWhereNothingIsGiven) {
  const Parsed parsed = parse({});
  EXPECT_EQ(parsed.exit_code, std::nullopt);
  EXPECT_EQ(parsed.config.drain_seconds, 10);
  EXPECT_FALSE(parsed.quiet);
}

TEST(ParseCommandLine, SaysWhatIsWrong) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(parse({"--no-such-flag"}).exit_code, 2);
  EXPECT_EQ(parse({"--drain-seconds=soon"}).exit_code, 2);
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_THAT(said, HasSubstr("--no-such-flag"));
  EXPECT_THAT(said, HasSubstr("soon"));
}

Problems problems_of(const ProcessConfig& config) {
  Problems problems;
  config.check(problems);
  return problems;
}

TEST(ProcessConfig, IsSoundByDefault) { EXPECT_THAT(problems_of({}), IsEmpty()); }

TEST(ProcessConfig, NamesEveryProblemInASentence) {
  ProcessConfig config;
  config.log_level = "chatty";
  config.drain_seconds = 601;
  config.grpc_listen = "0.0.0.0:9090";
  EXPECT_THAT(problems_of(config),
              ElementsAre(HasSubstr("log level is 'chatty'"), HasSubstr("drain time is 601 s"),
                          HasSubstr("'0.0.0.0:9090', which is not a loopback address")));
}

TEST(IsLoopback, KnowsTheAddressesOfThisMachine) {
  for (const auto address :
       {"127.0.0.1:8080", "127.0.0.1", "127.1.2.3:1", "localhost:80", "[::1]:8080", "::1"}) {
    EXPECT_TRUE(is_loopback(address)) << address;
  }
  for (const auto address : {"0.0.0.0:8080", "192.168.1.2:80", "[::]:80", "127.example.org.evil:1",
                             "localhost.example:80", "10.127.0.1:80", ""}) {
    EXPECT_FALSE(is_loopback(address)) << address;
  }
}

}  // namespace
}  // namespace kkr::platform
