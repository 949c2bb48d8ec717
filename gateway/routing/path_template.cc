#include "gateway/routing/path_template.h"

#include <optional>

#include "gateway/text/text.h"

namespace kkr::gateway {
namespace {

bool is_name(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text)
    if (std::string_view("{}*:/=").find(c) != std::string_view::npos) return false;
  return true;
}

class TemplateParser {
 public:
  explicit TemplateParser(std::string_view text) : text_(text), rest_(text) {}

  absl::StatusOr<PathTemplate> parse() {
    if (!take('/')) return wrong("it must begin with '/'");
    do {
      if (const auto fault = take_part()) return wrong(*fault);
    } while (take('/'));
    if (take(':')) {
      parsed_.verb = take_name();
      if (parsed_.verb.empty()) return wrong("the verb after ':' is missing");
    }
    if (!rest_.empty()) return wrong(concat({"'", rest_, "' is not expected"}));
    for (std::size_t i = 0; i + 1 < parsed_.segments.size(); ++i)
      if (parsed_.segments[i].kind == Segment::Kind::kRest)
        return wrong("'**' must be the last segment");
    return std::move(parsed_);
  }

 private:
  absl::Status wrong(std::string_view why) const {
    return absl::InvalidArgumentError(concat({"path template '", text_, "': ", why}));
  }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string take_name() {
    const std::size_t length = std::min(rest_.find_first_of("{}*:/="), rest_.size());
    std::string name(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return name;
  }

  // One segment or one variable; says what is wrong, if anything.
  std::optional<std::string> take_part() {
    if (!take('{')) return take_segment();
    PathVariable variable{take_name(), parsed_.segments.size(), 1, false};
    if (!is_name(variable.field_path)) return "a variable has no name";
    if (!take('=')) {
      parsed_.segments.push_back({Segment::Kind::kOne, ""});
    } else {
      do {
        if (auto fault = take_segment()) return fault;
      } while (take('/'));
      variable.segment_count = parsed_.segments.size() - variable.first_segment;
    }
    if (!take('}')) return "a '}' is missing";
    variable.reaches_end = parsed_.segments.back().kind == Segment::Kind::kRest;
    parsed_.variables.push_back(std::move(variable));
    return std::nullopt;
  }

  std::optional<std::string> take_segment() {
    if (take('*')) {
      parsed_.segments.push_back({take('*') ? Segment::Kind::kRest : Segment::Kind::kOne, ""});
      return std::nullopt;
    }
    std::string literal = take_name();
    if (literal.empty()) return "a segment is empty";
    parsed_.segments.push_back({Segment::Kind::kLiteral, std::move(literal)});
    return std::nullopt;
  }

  std::string_view text_;
  std::string_view rest_;
  PathTemplate parsed_;
};

}  // namespace

absl::StatusOr<PathTemplate> parse_path_template(std::string_view text) {
  return TemplateParser(text).parse();
}

}  // namespace kkr::gateway
