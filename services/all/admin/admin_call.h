// What the administration commands have alike: how they reach a running site, and how they say what
// came of it.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>
#include <grpcpp/channel.h>
#include <grpcpp/support/status.h>

#include <filesystem>
#include <memory>
#include <string>
#include <variant>

#include "kkr/platform/v1/admin.pb.h"
#include "services/all/subcommand.h"
#include "services/platform/process/settings.h"

namespace kkr {

// Exit codes of `kkr admin`.
inline constexpr int kDone = 0;
inline constexpr int kDamaged = 1;  // Also: not done.

// The channel to the site that runs on the folder; null when none runs.
std::shared_ptr<grpc::Channel> running_site(const std::filesystem::path& data);

// Prints one line for each log, those that are not sound on standard error, and returns the exit
// code.
int say(const google::protobuf::RepeatedPtrField<platform::v1::LogReport>& logs);
// Prints the sentence on standard error and returns kDamaged.
int fail(const std::string& sentence);
// As fail(), with what the site said; when it said nothing, that it did not answer.
int fail(const grpc::Status& status);

}  // namespace kkr
