#include "gateway/routing/router.h"

#include <algorithm>

#include "gateway/routing/percent.h"
#include "gateway/text/text.h"

namespace kkr::gateway {
namespace {

// A path this deep is nobody's; matching it would only cost.
constexpr std::size_t kPartsMax = 32;

// The raw text that a variable covers. Only one that ends in `**` may cover nothing.
std::string_view covered(const std::vector<std::string_view>& parts, const PathVariable& variable) {
  if (variable.first_segment >= parts.size()) return {};
  const std::string_view first = parts[variable.first_segment];
  const std::string_view last = variable.reaches_end
                                    ? parts.back()
                                    : parts[variable.first_segment + variable.segment_count - 1];
  return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
}

}  // namespace

absl::Status Router::add(std::string_view http_method, PathTemplate path, std::size_t route) {
  Node* node = &root_;
  for (const Segment& segment : path.segments) {
    std::unique_ptr<Node>& next = segment.kind == Segment::Kind::kLiteral
                                      ? node->literals[segment.literal]
                                  : segment.kind == Segment::Kind::kOne ? node->one
                                                                        : node->rest;
    if (next == nullptr) next = std::make_unique<Node>();
    node = next.get();
  }
  std::vector<Leaf>& leaves = node->leaves_by_verb[path.verb];
  for (const Leaf& leaf : leaves)
    if (leaf.http_method == http_method)
      return absl::AlreadyExistsError(concat({"routes ", std::to_string(leaf.route), " and ",
                                              std::to_string(route), " answer the same requests"}));
  leaves.push_back({std::string(http_method), route, std::move(path.variables)});
  return absl::OkStatus();
}

const std::vector<Router::Leaf>* Router::find(const Node& node, const Parts& parts,
                                              std::size_t depth, std::string_view verb) {
  const auto leaves_of = [&verb](const Node& at) -> const std::vector<Leaf>* {
    const auto found = at.leaves_by_verb.find(verb);
    return found == at.leaves_by_verb.end() ? nullptr : &found->second;
  };
  if (depth == parts.size()) {
    if (const auto* leaves = leaves_of(node)) return leaves;
    return node.rest ? leaves_of(*node.rest) : nullptr;
  }
  if (const auto next = node.literals.find(parts[depth]); next != node.literals.end())
    if (const auto* leaves = find(*next->second, parts, depth + 1, verb)) return leaves;
  if (node.one && !parts[depth].empty())
    if (const auto* leaves = find(*node.one, parts, depth + 1, verb)) return leaves;
  return node.rest ? leaves_of(*node.rest) : nullptr;
}

RouteMatch Router::choose(const std::vector<Leaf>& leaves, std::string_view http_method,
                          const Parts& parts) {
  RouteMatch match;
  const auto leaf = std::find_if(
      leaves.begin(), leaves.end(),
      [&http_method](const Leaf& candidate) { return candidate.http_method == http_method; });
  if (leaf == leaves.end()) {
    match.outcome = RouteMatch::Outcome::kNoSuchMethod;
    for (const Leaf& other : leaves) match.allowed.push_back(other.http_method);
    return match;
  }
  match.outcome = RouteMatch::Outcome::kFound;
  match.route = leaf->route;
  for (const PathVariable& variable : leaf->variables) {
    const bool one = variable.segment_count == 1 && !variable.reaches_end;
    const std::string_view raw = covered(parts, variable);
    const PercentRule rule = one ? PercentRule::kAll : PercentRule::kKeepSlash;
    std::string value;
    if (!percent_decode(raw, rule, value)) {
      match.outcome = RouteMatch::Outcome::kBadEscape;
      return match;
    }
    match.variables.emplace_back(variable.field_path, std::move(value));
  }
  return match;
}

RouteMatch Router::match(std::string_view http_method, std::string_view path) const {
  if (path.empty() || path.front() != '/') return {};
  path.remove_prefix(1);
  Parts parts = split(path, '/');
  if (parts.size() > kPartsMax) return {};
  const std::string_view whole = parts.back();
  if (const auto colon = whole.rfind(':');
      colon != std::string_view::npos && colon + 1 < whole.size()) {
    parts.back() = whole.substr(0, colon);
    if (const auto* leaves = find(root_, parts, 0, whole.substr(colon + 1)))
      return choose(*leaves, http_method, parts);
    parts.back() = whole;
  }
  const auto* leaves = find(root_, parts, 0, "");
  return leaves != nullptr ? choose(*leaves, http_method, parts) : RouteMatch{};
}

}  // namespace kkr::gateway
