// What every table of sends must do, whatever it keeps its rows in. An adapter joins by one line:
//   INSTANTIATE_TEST_SUITE_P(Sqlite, SendTableContract, testing::Values(make_sqlite_rig));
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/notification/sending/send_table.h"

namespace kkr::notification {

// A fresh, empty table of its own for one test: `notification/hovedstaden`.
class SendTableRig {
 public:
  virtual ~SendTableRig() = default;
  virtual SendTable& table() = 0;
  // Closes the table and opens what it left behind.
  virtual void reopen() = 0;
  // Every byte of every file the table stands in.
  virtual std::string bytes() = 0;
  // What is erased without being thorough is gone from the files as well.
  virtual bool zeroes_what_it_frees() const = 0;
};
using MakeSendTableRig = std::unique_ptr<SendTableRig> (*)();

// Every byte of every file in the folder.
std::string bytes_in(const std::filesystem::path& folder);

template <class T>
T value(TableResult<T> result) {
  if (const auto* failure = std::get_if<platform::StoreFailure>(&result)) {
    ADD_FAILURE() << "failed with " << static_cast<int>(*failure);
    return T{};
  }
  return std::get<T>(std::move(result));
}

inline const absl::Time kSiteNow = absl::FromUnixSeconds(1'362'380'400);  // 4 March 2013.
inline const absl::Time kMachineNow = absl::FromUnixSeconds(1'764'000'000);

// One to an office of the municipality, due at the site's instant of these tests.
PlannedSend planned(const std::string& code, const std::string& occasion = "REMINDER",
                    const std::string& step = "2013-03-19-14");
std::string id(const PlannedSend& planned);
Letter letter_to(const std::string& person, const std::string& address);

class SendTableContract : public testing::TestWithParam<MakeSendTableRig> {
 protected:
  SendTable& table() { return rig_->table(); }
  void reopen() { rig_->reopen(); }
  std::string bytes() { return rig_->bytes(); }
  bool zeroes_what_it_frees() const { return rig_->zeroes_what_it_frees(); }

  void dispatch(std::vector<PlannedSend> sends, std::uint64_t position = 1) {
    value(table().dispatch({{{"g", position, {}}, std::move(sends), {}}}, kSiteNow));
  }
  std::vector<std::string> lease(const std::string& holder, absl::Time machine_now = kMachineNow,
                                 absl::Time site_now = kSiteNow) {
    std::vector<std::string> ids;
    for (const Send& send : value(table().lease({.holder = holder,
                            .machine_now = machine_now,
                            .expires_at = machine_now + absl::Minutes(5),
                            .site_now = site_now})))
      ids.push_back(send.id);
    return ids;
  }
  std::size_t settle(const std::string& holder, const PlannedSend& planned, SendState state,
                     const char* why, std::optional<absl::Time> next = std::nullopt,
                     const std::string& gap = "") {
    return value(table().settle(
        holder, {{id(planned), {state, why, 250, "server said", kSiteNow}, gap, next}}));
  }
  void send_off(const PlannedSend& planned, const Letter& letter) {
    lease("a");
    value(table().write_letters("a", {{id(planned), id(planned) + "@kkr.example", letter}}));
    settle("a", planned, SendState::kSent, reason::kAccepted);
  }
  std::vector<KeptLetter> erase_person(const std::string& person) {
    auto letters = value(table().letters_of(person));
    value(table().erase(letters, /*thoroughly=*/true));
    return letters;
  }
  Send found(const PlannedSend& planned) {
    return value(table().find(id(planned))).value_or(Send{});
  }
  std::vector<std::string> states_of(const PlannedSend& planned) {
    std::vector<std::string> states;
    for (const Transition& turn : value(table().transitions(id(planned))))
      states.push_back(std::string(name_of(turn.state)) + " " + turn.reason);
    return states;
  }

 private:
  const std::unique_ptr<SendTableRig> rig_ = GetParam()();
};

}  // namespace kkr::notification
