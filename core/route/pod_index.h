#pragma once

#include "core/value/value.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace fairway::route {

using LabelList = std::vector<std::pair<std::string, std::string>>;

/// What of a pod matters for routing. Labels stand in one string: a pod has many, asked rarely.
struct PodFacts {
    std::string ns;
    std::string name;
    std::string ip;
    std::string labels; ///< "\1key=value\1key=value\1"
    std::vector<std::pair<std::string, int>> namedPorts;
    bool isReady = false;
    bool isGone = false; ///< Succeeded or Failed: no endpoint ever again.

    [[nodiscard]] bool hasLabels(const LabelList &wanted) const;
    [[nodiscard]] LabelList labelList() const;
};

/// Pods by name and by label: a selector is answered from the rarest of its labels. Internal to core/route.
class PodIndex {
public:
    void upsert(const value::Value &pod);
    void remove(std::string_view ns, std::string_view name);
    void clear();
    [[nodiscard]] const PodFacts *find(std::string_view ns, std::string_view name) const;
    /// Pods of the namespace that carry all labels; none for an empty selector.
    [[nodiscard]] std::vector<const PodFacts *> select(std::string_view ns, const LabelList &selector) const;
    /// The only pod with this address.
    [[nodiscard]] const PodFacts *at(std::string_view address) const;
    [[nodiscard]] std::size_t size() const { return m_byName.size(); }

private:
    using Slot = std::uint32_t;
    void forEachLabel(Slot slot, bool isAdded);

    std::vector<PodFacts> m_pods;
    std::vector<Slot> m_free;
    std::unordered_map<std::string, Slot> m_byName;                        ///< "ns/name"
    std::unordered_map<std::string, std::unordered_set<Slot>> m_byLabel; ///< "ns\1key=value"
};

} // namespace fairway::route
