// How the processes of a site know each other: by certificates, on both sides of every connection.
// A caller without a certificate of the authorities is refused before its call is read.
#pragma once

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>

#include <chrono>
#include <memory>
#include <string>

#include "services/platform/network/tls_files.h"

namespace kkr::platform {

// How often the files are read again. What they hold then counts for new connections; those that
// exist go on as they are.
inline constexpr std::chrono::seconds kTlsFilesReadEvery{10};

// What a server listens with. Without files it takes any caller: for loopback and socket files.
// Files that cannot be used make a server that refuses everybody, so ask problems_of() first.
std::shared_ptr<grpc::ServerCredentials> server_credentials(
    const TlsFiles& files, std::chrono::seconds read_every = kTlsFilesReadEvery);

// What a channel connects with. It believes a server only when its certificate carries the name
// that the channel goes to.
std::shared_ptr<grpc::ChannelCredentials> channel_credentials(
    const TlsFiles& files, std::chrono::seconds read_every = kTlsFilesReadEvery);

}  // namespace kkr::platform
