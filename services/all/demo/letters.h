// The mails of the play: who gets them, and what was sent at each step, as the send log of the site
// tells it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/all/demo/narrator.h"

namespace kkr::demo {

class Letters {
 public:
  // The narrator must outlive this.
  explicit Letters(Narrator& narrator) : narrator_(narrator) {}

  // Gives every municipality of the region a mailbox, a director and a treasurer, all invented;
  // but nobody is director in Ishøj.
  void fill_offices();
  // What was sent before is not told.
  void pass_over();
  // Waits until everything due has been sent, then prints what was since the last time: a line for
  // each occasion, and one mail when it is the first of its occasion.
  void tell();

  // How many mails were sent in all, as far as they were told.
  std::size_t sent() const { return sent_; }

 private:
  using Sends = std::vector<nlohmann::json>;

  void appoint(const std::string& code, const std::string& office, const std::string& title,
               const std::string& given_name);
  // The sends that were not told before, the oldest first. A mail that could not go because a
  // service was away is waited for.
  Sends news();
  Sends untold();
  void tell_occasion(const std::string& occasion, const Sends& sends);
  void print_mail(const nlohmann::json& send);

  Narrator& narrator_;
  std::set<std::string> told_;   // Sends.
  std::set<std::string> shown_;  // Occasions of which a mail was printed.
  std::size_t sent_ = 0;
};

}  // namespace kkr::demo
