#include "core/operate/pointer.h"

namespace fairway::operate {

using value::Value;

bool isAtOrBelow(std::string_view pointer, std::string_view ancestor)
{
    return pointer.substr(0, ancestor.size()) == ancestor
        && (pointer.size() == ancestor.size() || pointer[ancestor.size()] == '/');
}

const Value *findAt(const Value &root, std::string_view pointer)
{
    const Value *node = &root;
    for (const std::string &token : splitPointer(pointer)) {
        if (node->isMap()) {
            node = node->asMap().get(token);
        } else if (node->isList()) {
            const auto index = value::pointerIndex(token);
            node = index && *index < node->size() ? &node->asList()[*index] : nullptr;
        } else {
            node = nullptr;
        }
        if (node == nullptr)
            return nullptr;
    }
    return node;
}

bool setAt(Value &root, std::string_view pointer, const std::optional<Value> &node)
{
    if (pointer.empty()) {
        root = node.value_or(Value());
        return true;
    }
    const std::size_t slash = pointer.rfind('/');
    const std::string token = splitPointer(pointer.substr(slash)).front();
    // Lists and maps have shared identity: a copy of the parent's handle changes the tree itself.
    const Value *found = findAt(root, pointer.substr(0, slash));
    if (found == nullptr)
        return false;
    Value parent = *found;
    if (parent.isMap()) {
        if (node)
            parent.asMap().set(token, *node);
        else
            parent.asMap().remove(token);
        return true;
    }
    const auto index = value::pointerIndex(token);
    if (!parent.isList() || !index || *index >= parent.size())
        return false;
    if (node)
        parent.asList()[*index] = *node;
    else
        parent.asList().erase(parent.asList().begin() + static_cast<std::ptrdiff_t>(*index));
    return true;
}

std::string outermostItem(const Value &root, std::string_view pointer)
{
    const Value *node = &root;
    std::string path;
    for (const std::string &token : splitPointer(pointer)) {
        const bool isItem = node->isList();
        path = childPointer(path, token);
        if (isItem)
            return path;
        node = findAt(*node, childPointer({}, token));
        if (node == nullptr)
            return {};
    }
    return {};
}

} // namespace fairway::operate
