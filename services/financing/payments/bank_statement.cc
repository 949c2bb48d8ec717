#include "services/financing/payments/bank_statement.h"

#include <algorithm>
#include <map>

#include "services/platform/event_store/sha256.h"

namespace kkr::financing {
namespace {

constexpr std::size_t kRegistrationDigits = 4;
constexpr std::size_t kAccountDigits = 10;
constexpr std::size_t kIdentityDigits = 32;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_space(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7F'; }

std::string joined_digits(std::string_view account) {
  std::string digits;
  std::copy_if(account.begin(), account.end(), std::back_inserter(digits), is_digit);
  return digits;
}

void add_fields(const BankMovement& movement, platform::Sha256& digest) {
  digest.field(movement.account).field(static_cast<std::uint64_t>(movement.amount.ore));
  if (!movement.bank_reference.empty()) {
    digest.field("number").field(movement.bank_reference);
    return;
  }
  digest.field("content")
      .field(platform::format_date(movement.booked_on))
      .field(movement.reference)
      .field(movement.text)
      .field(movement.payer);
}

}  // namespace

void give_identities(std::vector<BankMovement>& movements) {
  std::map<platform::Hash, std::uint64_t> seen;
  platform::Sha256 digest;
  for (BankMovement& movement : movements) {
    add_fields(movement, digest);
    const platform::Hash alike = digest.finish();
    digest.field(alike).field(++seen[alike]);
    movement.identity = platform::to_hex(digest.finish()).substr(0, kIdentityDigits);
  }
}

std::string normal_account(std::string_view account) {
  std::string written;
  std::copy_if(account.begin(), account.end(), std::back_inserter(written),
               [](char c) { return !is_space(c); });
  const std::string digits = joined_digits(written);
  const bool danish_iban = (written.starts_with("DK") || written.starts_with("dk")) &&
                           digits.size() == 2 + kRegistrationDigits + kAccountDigits &&
                           written.size() == digits.size() + 2;
  if (danish_iban) return digits.substr(2);
  const bool numbers = std::all_of(written.begin(), written.end(),
                                   [](char c) { return is_digit(c) || c == '-' || c == '.'; });
  const bool danish = numbers && digits.size() > kRegistrationDigits &&
                      digits.size() <= kRegistrationDigits + kAccountDigits;
  if (!danish) return written;
  const std::string number = digits.substr(kRegistrationDigits);
  return digits.substr(0, kRegistrationDigits) + std::string(kAccountDigits - number.size(), '0') +
         number;
}

std::string normal_text(std::string_view text) {
  std::string line;
  std::size_t characters = 0;
  bool space = false;
  for (const char c : text) {
    if (is_space(c)) {
      space = !line.empty();
      continue;
    }
    const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (begins && characters + (space ? 2 : 1) > kMovementTextMax) break;
    if (space) line += ' ', ++characters;
    space = false;
    line += c;
    characters += begins ? 1 : 0;
  }
  return line;
}

}  // namespace kkr::financing
