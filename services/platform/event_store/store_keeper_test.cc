#include "services/platform/event_store/store_keeper.h"

#include <gmock/gmock.h>

#include "tests/contract/event_store_rows.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

using testing::ElementsAre;

class StoreKeeperTest : public testing::Test {
 protected:
  void append(int count) {
    for (int i = 0; i < count; ++i) {
      const auto id = "r" + std::to_string(++requests_);
      value_of(store_->append(BatchBuilder(*store_).command(id, {an_event("round-1")}).build()));
    }
  }
  std::vector<std::uint64_t> anchored() const {
    std::vector<std::uint64_t> positions;
    read_anchors(path_, store_->log(),
                 [&](const Anchor& anchor) { positions.push_back(anchor.position); });
    return positions;
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.path("outside/anchors");
  AnchorFile anchors_{path_};
  std::unique_ptr<SqliteEventStore> store_ = std::move(
      std::get<0>(SqliteEventStore::open({.path = folder_.path("log.db"), .log = "a/x"})));
  int requests_ = 0;
};

TEST_F(StoreKeeperTest, AnchorsOnceATickWhatIsNewAndALastTimeAtTheEnd) {
  {
    StoreKeeper keeper({.anchors = &anchors_});
    keeper.watch(*store_);
    append(3);
    keeper.tick();
    keeper.tick();
    append(2);
    keeper.tick();
    append(1);
  }
  EXPECT_THAT(anchored(), ElementsAre(3, 5, 6));
}

TEST_F(StoreKeeperTest, AnchorsWhatItForgets) {
  StoreKeeper keeper({.anchors = &anchors_});
  keeper.watch(*store_);
  append(1);
  keeper.forget(*store_);
  append(1);
  keeper.tick();
  EXPECT_THAT(anchored(), ElementsAre(1));
}

TEST_F(StoreKeeperTest, AnchorsACommandWithoutEvents) {
  StoreKeeper keeper({.anchors = &anchors_});
  keeper.watch(*store_);
  append(1);
  keeper.tick();
  value_of(store_->append(BatchBuilder(*store_).command("none", {}).build()));
  keeper.tick();
  EXPECT_THAT(anchored(), ElementsAre(1, 1));
}

TEST_F(StoreKeeperTest, TicksByItselfWhileTheStoreIsWritten) {
  StoreKeeper keeper({.anchors = &anchors_, .tick = std::chrono::milliseconds(1)});
  keeper.watch(*store_);
  keeper.start();
  append(100);
  keeper.forget(*store_);
  EXPECT_EQ(anchored().back(), 100u);
  EXPECT_EQ(store_->damage(), std::nullopt);
}

}  // namespace
}  // namespace kkr::platform
