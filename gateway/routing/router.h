// Finds the route of a method and path: a trie over path segments, where a literal is preferred to
// `*` and `*` to `**`. It refuses two routes that no request could tell apart.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gateway/routing/path_template.h"

namespace kkr::gateway {

struct RouteMatch {
  enum class Outcome { kFound, kNoSuchPath, kNoSuchMethod, kBadEscape };
  Outcome outcome = Outcome::kNoSuchPath;
  std::size_t route = 0;  // As given to add(); of use only when found.
  // Field path and decoded value, in the order of the template.
  std::vector<std::pair<std::string_view, std::string>> variables;
  // What the path does answer to, for `Allow`: of use only with kNoSuchMethod.
  std::vector<std::string_view> allowed;
};

class Router {
 public:
  // ALREADY_EXISTS when another route has the same shape, verb and method.
  absl::Status add(std::string_view http_method, PathTemplate path, std::size_t route);

  // `path` is the raw path of the request target, without its query. The match points into the
  // router. A path with a `:verb` that no route has is tried as a plain path as well.
  RouteMatch match(std::string_view http_method, std::string_view path) const;

 private:
  struct Leaf {
    std::string http_method;
    std::size_t route;
    std::vector<PathVariable> variables;
  };
  struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> one;
    std::unique_ptr<Node> rest;
    std::map<std::string, std::vector<Leaf>, std::less<>> leaves_by_verb;
  };
  using Parts = std::vector<std::string_view>;

  static const std::vector<Leaf>* find(const Node& node, const Parts& parts, std::size_t depth,
                                       std::string_view verb);
  static RouteMatch choose(const std::vector<Leaf>& leaves, std::string_view http_method,
                           const Parts& parts);

  Node root_;
};

}  // namespace kkr::gateway
