// An ordered map whose copies are cheap and share structure: a state made of such maps is copied
// in constant time, so a batch is decided on a copy while readers keep the one they hold. Values
// are immutable once inside. Not safe for two writers of one object; any number of readers of a
// copy need no lock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace kkr::platform {

// A treap: the priority of a key is its hash, so equal contents have one shape whatever the order
// of insertion.
template <class Key, class Value>
class PersistentMap {
 public:
  using ValuePtr = std::shared_ptr<const Value>;

  // The value, or null when the key is absent. Stays valid as long as the pointer is held.
  ValuePtr find(const Key& key) const {
    const Node* node = root_.get();
    while (node != nullptr) {
      if (key < node->key) {
        node = node->left.get();
      } else if (node->key < key) {
        node = node->right.get();
      } else {
        return node->value;
      }
    }
    return nullptr;
  }

  bool contains(const Key& key) const { return find(key) != nullptr; }
  std::size_t size() const { return root_ == nullptr ? 0 : root_->size; }
  bool empty() const { return root_ == nullptr; }

  void set(const Key& key, Value value) {
    set(key, std::make_shared<const Value>(std::move(value)));
  }
  void set(const Key& key, ValuePtr value) { root_ = inserted(root_, key, std::move(value)); }

  // Replaces the value by `change` applied to a copy of it; an absent key starts as `Value{}`.
  template <class Change>
  void update(const Key& key, Change&& change) {
    const ValuePtr present = find(key);
    Value next = present == nullptr ? Value{} : *present;
    std::forward<Change>(change)(next);
    set(key, std::move(next));
  }

  void erase(const Key& key) { root_ = erased(root_, key); }

  // Calls `visit(key, value)` in order of keys for every key greater than `after` (all when null)
  // until it returns false.
  template <class Visit>
  void visit_after(const Key* after, Visit&& visit) const {
    visit_after(root_.get(), after, visit);
  }

  // Calls `visit(key, value)` for every entry, in order of keys.
  template <class Visit>
  void for_each(Visit&& visit) const {
    auto all = [&visit](const Key& key, const Value& value) {
      visit(key, value);
      return true;
    };
    visit_after(root_.get(), nullptr, all);
  }

 private:
  struct Node;
  using NodePtr = std::shared_ptr<const Node>;
  struct Node {
    Key key;
    ValuePtr value;
    std::size_t priority;
    std::size_t size;
    NodePtr left;
    NodePtr right;
  };

  static std::size_t size_of(const NodePtr& node) { return node == nullptr ? 0 : node->size; }

  // std::hash is the identity for integers; the mix spreads neighbouring keys.
  static std::size_t priority_of(const Key& key) {
    std::uint64_t x = std::hash<Key>{}(key);
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccdULL;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53ULL;
    return static_cast<std::size_t>(x ^ (x >> 33));
  }

  static NodePtr with_children(const Node& node, NodePtr left, NodePtr right) {
    const std::size_t size = 1 + size_of(left) + size_of(right);
    return std::make_shared<const Node>(
        Node{node.key, node.value, node.priority, size, std::move(left), std::move(right)});
  }

  static NodePtr inserted(const NodePtr& node, const Key& key, ValuePtr value) {
    if (node == nullptr) {
      return std::make_shared<const Node>(
          Node{key, std::move(value), priority_of(key), 1, nullptr, nullptr});
    }
    if (key < node->key) {
      NodePtr left = inserted(node->left, key, std::move(value));
      if (left->priority <= node->priority) return with_children(*node, left, node->right);
      return with_children(*left, left->left, with_children(*node, left->right, node->right));
    }
    if (node->key < key) {
      NodePtr right = inserted(node->right, key, std::move(value));
      if (right->priority <= node->priority) return with_children(*node, node->left, right);
      return with_children(*right, with_children(*node, node->left, right->left), right->right);
    }
    return std::make_shared<const Node>(
        Node{node->key, std::move(value), node->priority, node->size, node->left, node->right});
  }

  static NodePtr merged(const NodePtr& low, const NodePtr& high) {
    if (low == nullptr) return high;
    if (high == nullptr) return low;
    if (low->priority > high->priority) {
      return with_children(*low, low->left, merged(low->right, high));
    }
    return with_children(*high, merged(low, high->left), high->right);
  }

  static NodePtr erased(const NodePtr& node, const Key& key) {
    if (node == nullptr) return nullptr;
    if (key < node->key) return with_children(*node, erased(node->left, key), node->right);
    if (node->key < key) return with_children(*node, node->left, erased(node->right, key));
    return merged(node->left, node->right);
  }

  template <class Visit>
  static bool visit_after(const Node* node, const Key* after, Visit& visit) {
    if (node == nullptr) return true;
    if (after == nullptr || *after < node->key) {
      if (!visit_after(node->left.get(), after, visit)) return false;
      if (!visit(node->key, *node->value)) return false;
    }
    return visit_after(node->right.get(), after, visit);
  }

  NodePtr root_;
};

}  // namespace kkr::platform
