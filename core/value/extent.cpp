#include "core/value/extent.h"

namespace fairway::value {

namespace {

Extent walk(const Value &node, std::size_t depth, std::size_t &nodes)
{
    if (nodes == 0)
        return Extent::TooLarge;
    --nodes;
    const bool isBranch = node.isMap() || node.isList();
    if (!isBranch)
        return Extent::Fits;
    if (depth == 0)
        return Extent::TooDeep;
    Extent found = Extent::Fits;
    if (node.isMap()) {
        for (const auto &[key, member] : node.asMap()) {
            if (found == Extent::Fits)
                found = walk(member, depth - 1, nodes);
        }
        return found;
    }
    for (const Value &item : node.asList()) {
        if (found == Extent::Fits)
            found = walk(item, depth - 1, nodes);
    }
    return found;
}

} // namespace

Extent extentOf(const Value &tree, const ExtentLimits &limits)
{
    std::size_t nodes = limits.maxNodes;
    return walk(tree, limits.maxDepth, nodes);
}

} // namespace fairway::value
