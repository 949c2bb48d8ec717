#include "services/platform/mail/mail_address.h"

#include <algorithm>
#include <cctype>

namespace kkr::platform {
namespace {

constexpr std::size_t kAddressMax = 254;  // RFC 5321, with room for the angle brackets.
constexpr std::size_t kLocalMax = 64;
constexpr std::size_t kLabelMax = 63;
constexpr std::string_view kAtomSigns = "!#$%&'*+-/=?^_`{|}~";

bool is_alnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// Calls `rule` for each piece between dots; false as soon as it says so.
template <class Rule>
bool each_label(std::string_view text, Rule rule) {
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!rule(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_atom(std::string_view label) {
  return !label.empty() && std::all_of(label.begin(), label.end(), [](char c) {
    return is_alnum(c) || kAtomSigns.find(c) != std::string_view::npos;
  });
}

bool is_host_label(std::string_view label) {
  return !label.empty() && label.size() <= kLabelMax && is_alnum(label.front()) &&
         is_alnum(label.back()) &&
         std::all_of(label.begin(), label.end(), [](char c) { return is_alnum(c) || c == '-'; });
}

}  // namespace

bool is_mail_address(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || text.size() > kAddressMax || at > kLocalMax) return false;
  const std::string_view domain = text.substr(at + 1);
  return each_label(text.substr(0, at), is_atom) && domain.find('.') != std::string_view::npos &&
         is_host_name(domain);
}

bool is_host_name(std::string_view text) { return each_label(text, is_host_label); }

std::string domain_of(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) return {};
  std::string domain(address.substr(at + 1));
  std::transform(domain.begin(), domain.end(), domain.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return domain;
}

std::optional<Mailbox> parse_mailbox(std::string_view text) {
  const std::size_t open = text.rfind('<');
  if (open == std::string_view::npos) {
    if (!is_mail_address(text)) return std::nullopt;
    return Mailbox{"", std::string(text)};
  }
  if (!text.ends_with('>')) return std::nullopt;
  const std::string_view address = text.substr(open + 1, text.size() - open - 2);
  if (!is_mail_address(address)) return std::nullopt;
  std::string_view name = text.substr(0, open);
  while (name.ends_with(' ')) name.remove_suffix(1);
  return Mailbox{std::string(name), std::string(address)};
}

}  // namespace kkr::platform
