#include "core/operate/merge3.h"

#include "core/operate/pointer.h"

#include <cassert>

namespace fairway::operate {

using value::Value;

namespace {

enum class Meeting { Apart, Same, Clash, Shifted };

bool isEqual(const std::optional<Value> &a, const std::optional<Value> &b)
{
    return a.has_value() == b.has_value() && (!a || *a == *b);
}

Meeting meet(const FieldChange &mine, const FieldChange &theirs)
{
    if (mine.pointer == theirs.pointer)
        return isEqual(mine.after, theirs.after) ? Meeting::Same : Meeting::Clash;
    if (isAtOrBelow(theirs.pointer, mine.pointer))
        return Meeting::Clash;
    if (!isAtOrBelow(mine.pointer, theirs.pointer))
        return Meeting::Apart;
    const bool isList = theirs.before && theirs.after && theirs.before->isList() && theirs.after->isList();
    return isList ? Meeting::Shifted : Meeting::Clash;
}

/// The item below `change`'s list that holds my field, found again in their list; empty when it is not there exactly once.
std::string relocate(const std::string &pointer, const FieldChange &change)
{
    const std::string rest = pointer.substr(change.pointer.size());
    const std::vector<std::string> tokens = splitPointer(rest);
    assert(!tokens.empty());
    const Value *item = findAt(*change.before, childPointer({}, tokens.front()));
    if (item == nullptr)
        return {};
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < change.after->size(); ++i) {
        if ((*change.after)[i] == *item) {
            if (found)
                return {};
            found = i;
        }
    }
    if (!found)
        return {};
    const std::vector<std::string> below(tokens.begin() + 1, tokens.end());
    return childPointer(change.pointer, *found) + joinPointer(below);
}

} // namespace

Merge merge3(const Value &base, const Value &mine, const Value &theirs)
{
    Merge merge;
    merge.theirs = changedFields(base, theirs);
    merge.merged = value::deepCopy(theirs);
    for (const FieldChange &change : changedFields(base, mine)) {
        std::string target = change.pointer;
        bool isThere = false;
        for (const FieldChange &other : merge.theirs) {
            const Meeting meeting = meet(change, other);
            isThere = isThere || meeting == Meeting::Same;
            if (meeting == Meeting::Clash)
                target.clear();
            else if (meeting == Meeting::Shifted)
                target = relocate(change.pointer, other);
            if (target.empty())
                break;
        }
        const std::optional<Value> node = change.after ? std::optional<Value>(value::deepCopy(*change.after)) : std::nullopt;
        if (!isThere && (target.empty() || !setAt(merge.merged, target, node)))
            merge.clashes.push_back(change.pointer);
    }
    merge.isClean = merge.clashes.empty();
    if (!merge.isClean)
        merge.merged = Value();
    return merge;
}

} // namespace fairway::operate
