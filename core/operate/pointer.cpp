#include "core/operate/pointer.h"

#include <charconv>

namespace fairway::operate {

using value::Value;

namespace {

std::optional<std::size_t> indexOf(std::string_view token)
{
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    if (error != std::errc() || end != token.data() + token.size())
        return std::nullopt;
    return index;
}

std::string unescape(std::string_view token)
{
    std::string text;
    text.reserve(token.size());
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1'))
            text += token[++i] == '0' ? '~' : '/';
        else
            text += token[i];
    }
    return text;
}

} // namespace

std::vector<std::string> splitPointer(std::string_view pointer)
{
    std::vector<std::string> tokens;
    while (!pointer.empty()) {
        pointer.remove_prefix(1); // the slash
        const std::size_t end = pointer.find('/');
        tokens.push_back(unescape(pointer.substr(0, end)));
        pointer = end == std::string_view::npos ? std::string_view() : pointer.substr(end);
    }
    return tokens;
}

std::string joinPointer(const std::vector<std::string> &tokens)
{
    std::string pointer;
    for (const std::string &token : tokens)
        pointer = childPointer(pointer, token);
    return pointer;
}

std::string childPointer(std::string_view parent, std::string_view token)
{
    std::string pointer(parent);
    pointer += '/';
    for (const char c : token) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
    return pointer;
}

std::string childPointer(std::string_view parent, std::size_t index)
{
    return std::string(parent) + '/' + std::to_string(index);
}

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
            const auto index = indexOf(token);
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
    const std::string token = unescape(pointer.substr(slash + 1));
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
    const auto index = indexOf(token);
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
