// What every method of the registry has alike: one national log, in which commands are decided and
// from whose newest state queries are answered.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "services/platform/grpc/command_call.h"
#include "services/platform/grpc/request_fields.h"
#include "services/platform/region/region_logs.h"
#include "services/platform/time/clock.h"
#include "services/registry/api/rejection_status.h"
#include "services/registry/app/registry_domain.h"

namespace kkr::registry {

using Logs = platform::RegionLogs<Registry>;
using Log = platform::RegionLog<Registry>;

// What the methods of all services of the registry share. Both must outlive them.
struct NationalLog {
  Logs& logs;
  const platform::Clock& clock;

  LocalDate today() const { return platform::local_date_of(clock.now()); }
};

// Carries out `request` by the domain's `decide` and shows the outcome:
//   Show: grpc::Status(const State&, Log&, Reply&)
template <class Request, class Reply, class Show>
grpc::ServerUnaryReactor* carry_out(grpc::CallbackServerContext* call, NationalLog& national,
                                    const Request* request, Reply* reply, Show show) {
  return platform::run_command<Registry>(
      call, national.logs, kNationalLog, *request, reply,
      [request](const State& state, const Context& context) -> Decision {
        return decide(state, *request, context);
      },
      [show = std::move(show)](const platform::Committed<Registry>& done, Log& log, Reply& shown) {
        return show(done.state->state, log, shown);
      });
}

// Answers from the newest state:
//   Answer: grpc::Status(const State&, Log&, Reply&)
template <class Reply, class Answer>
grpc::ServerUnaryReactor* ask(grpc::CallbackServerContext* call, NationalLog& national,
                              Reply* reply, Answer answer) {
  return platform::run_query<Registry>(
      call, national.logs, kNationalLog, reply,
      [answer = std::move(answer)](const platform::StateAt<Registry>& at, Log& log, Reply& shown) {
        return answer(at.state, log, shown);
      });
}

// The name in `field`; when it is none of this kind, some name and NAME_INVALID.
template <class AName>
AName read_name(platform::RequestFields& fields, std::string_view field, std::string_view text) {
  if (auto name = AName::parse(text)) return *std::move(name);
  fields.reject(field, "NAME_INVALID", "This is not the name of such a resource.");
  return {};
}

// The date in `as_of`, `today` when it is empty.
inline LocalDate read_as_of(platform::RequestFields& fields, std::string_view as_of,
                            LocalDate today) {
  return fields.optional_date("as_of", as_of).value_or(today);
}

}  // namespace kkr::registry
