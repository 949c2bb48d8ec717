// A person: that it is there, and that it was erased. What it is called and how it is reached goes
// into a document outside the log and nowhere else.
// Pure: no clock, no I/O. Time, actor and new ids arrive in the context.
#pragma once

#include "kkr/registry/v1/events.pb.h"
#include "kkr/registry/v1/person.pb.h"
#include "services/registry/domain/rejection.h"
#include "services/registry/domain/state.h"

namespace kkr::registry {

Decision decide(const State& state, const v1::CreatePersonRequest& command, const Context& context);
Decision decide(const State& state, const v1::UpdatePersonRequest& command, const Context& context);
Decision decide(const State& state, const v1::ErasePersonRequest& command, const Context& context);

// The person that `CreatePersonRequest` creates; an id that is not given is made of the context's.
PersonName new_person_name(const v1::CreatePersonRequest& command, const Context& context);

void evolve(State& state, const v1::PersonRegistered& fact, const Place& at);
void evolve(State& state, const v1::PersonUpdated& fact, const Place& at);
void evolve(State& state, const v1::PersonErased& fact, const Place& at);

}  // namespace kkr::registry
