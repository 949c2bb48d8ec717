// Several commands decided as one: each sees what those before it have done, and what follows from
// all of them is committed together or not at all.
// Pure: appends nothing itself.
#pragma once

#include <iterator>
#include <optional>
#include <utility>

#include "services/registry/domain/evolve.h"
#include "services/registry/domain/rejection.h"
#include "services/registry/domain/state.h"

namespace kkr::registry {

class Sequence {
 public:
  explicit Sequence(State start) : state_(std::move(start)) {}

  // The state after everything taken in so far. Positions in it are provisional, counted from 1.
  const State& state() const { return state_; }

  // Takes in a decision made on `state()`. Returns the refusal when it is one; nothing is taken in
  // then, and the sequence stays usable.
  std::optional<Refusal> take(Decision decision, const Context& context) {
    if (auto* refusal = std::get_if<Refusal>(&decision)) return std::move(*refusal);
    Effects& effects = std::get<Effects>(decision);
    for (const Fact& fact : effects.facts) {
      evolve(state_, fact.event, Place{++position_, context.now});
    }
    std::move(effects.facts.begin(), effects.facts.end(), std::back_inserter(effects_.facts));
    std::move(effects.private_writes.begin(), effects.private_writes.end(),
              std::back_inserter(effects_.private_writes));
    return std::nullopt;
  }

  // What follows from everything taken in.
  Effects effects() && { return std::move(effects_); }

 private:
  State state_;
  Effects effects_;
  std::uint64_t position_ = 0;
};

}  // namespace kkr::registry
