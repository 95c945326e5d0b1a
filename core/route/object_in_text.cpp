#include "core/route/object_in_text.h"

#include "core/value/pointer.h"
#include "core/value/yaml.h"
#include "core/value/yaml_edit.h"
#include "core/value/yaml_tree.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace fairway::route {
namespace {

    using value::FieldEdit;
    using value::Value;
    using value::YamlNode;

    bool isObject(const Value &data, const ObjectRef &ref)
    {
        return data["kind"].stringOr() == ref.kind && data["metadata"]["name"].stringOr() == ref.name
            && (ref.ns.empty() || data["metadata"]["namespace"].stringOr("default") == ref.ns);
    }

    /// Only maps can be objects; what else stands in the file is left out on both sides, so that indices agree.
    Result<std::vector<Value>> objectsOf(std::string_view text)
    {
        Result<std::vector<Value>> documents = value::parseYamlDocuments(text);
        if (documents)
            std::erase_if(*documents, [](const Value &document) { return !document.isMap(); });
        return documents;
    }

    Result<std::vector<YamlNode>> treesOf(std::string_view text)
    {
        Result<std::vector<YamlNode>> trees = value::parseYamlTree(text);
        if (trees)
            std::erase_if(*trees, [](const YamlNode &root) { return root.kind != YamlNode::Kind::Map; });
        return trees;
    }

    std::string parentOf(const std::string &pointer)
    {
        return pointer.substr(0, pointer.rfind('/'));
    }

    /// How many of the first edits can be made on one reading of the text: fields set in maps that have nothing to do with each other.
    std::size_t batchSize(std::span<const FieldEdit> edits)
    {
        const auto isWithin = [](const std::string &inner, const std::string &outer) { return (inner + "/").starts_with(outer + "/"); };
        std::size_t count = 1;
        for (; count < edits.size() && edits[count].verb == FieldEdit::Verb::Set && edits.front().verb == FieldEdit::Verb::Set; ++count) {
            const std::string parent = parentOf(edits[count].pointer);
            const auto touches = [&](const FieldEdit &earlier) {
                const std::string other = parentOf(earlier.pointer);
                return isWithin(parent, other) || isWithin(other, parent);
            };
            if (std::any_of(edits.begin(), edits.begin() + static_cast<std::ptrdiff_t>(count), touches))
                break;
        }
        return count;
    }

} // namespace

Result<ObjectInText> ObjectInText::find(std::string_view text, const ObjectRef &ref)
{
    Result<std::vector<Value>> documents = objectsOf(text);
    if (!documents)
        return tl::unexpected(documents.error());
    ObjectInText found;
    std::size_t count = 0;
    const auto take = [&](const Value &data, std::size_t document, int item) {
        if (!isObject(data, ref) || ++count > 1)
            return;
        found.m_object = data;
        found.m_document = document;
        found.m_item = item;
    };
    for (std::size_t i = 0; i < documents->size(); ++i) {
        take((*documents)[i], i, -1);
        const Value &items = (*documents)[i]["items"];
        for (std::size_t n = 0; n < items.size(); ++n)
            take(items[n], i, static_cast<int>(n));
    }
    if (count == 0)
        return fail(ErrorCode::NotFound, "the file holds no " + ref.display());
    if (count > 1)
        return fail(ErrorCode::InvalidInput, ref.display() + " stands in the file twice: name its namespace");
    found.m_text = text;
    found.m_name = ref.display();
    found.m_documents = std::move(*documents);
    return found;
}

Result<void> ObjectInText::verify(const std::string &edited, const Value &meant) const
{
    std::vector<Value> expected = m_documents;
    if (m_item < 0) {
        expected[m_document] = meant;
    } else {
        expected[m_document] = value::deepCopy(expected[m_document]);
        expected[m_document].asMap().get("items")->asList()[static_cast<std::size_t>(m_item)] = meant;
    }
    const Result<std::vector<Value>> read = objectsOf(edited);
    if (!read || *read != expected)
        return fail(ErrorCode::InvalidInput, "this can't be changed without touching more of the file's layout: edit it by hand");
    return {};
}

Result<value::YamlEdits> ObjectInText::removal(std::string_view text, const YamlNode &root, const FieldEdit &edit, Value &meant) const
{
    Result<value::YamlRemoval> removed = value::editsToRemove(text, root, stepsOf(edit));
    if (!removed)
        return tl::unexpected(removed.error());
    // What was emptied may have to stay, for the sake of a comment in it.
    if (removed->left) {
        removed->steps.erase(removed->steps.begin(), removed->steps.begin() + (m_item < 0 ? 0 : 2));
        const FieldEdit kept {FieldEdit::Verb::Set, value::joinPointer(removed->steps), *removed->left};
        Result<Value> after = value::withFieldEdits(meant, {&kept, 1});
        if (!after)
            return tl::unexpected(after.error());
        meant = std::move(*after);
    }
    return std::move(removed->edits);
}

Result<value::YamlEdits> ObjectInText::insertion(std::string_view text, const YamlNode &root, const FieldEdit &edit, const Value &before) const
{
    std::vector<std::string> steps = stepsOf(edit);
    const Value &list = value::at(before, parentOf(edit.pointer));
    const std::size_t index = value::pointerIndex(steps.back()).value_or(list.size());
    steps.pop_back();
    return list.size() > 0 ? value::editsToInsertItem(text, root, steps, index, edit.value)
                           : value::editsToSet(text, root, steps, Value::list({edit.value}));
}

std::vector<std::string> ObjectInText::stepsOf(const FieldEdit &edit) const
{
    std::vector<std::string> steps = value::splitPointer(edit.pointer);
    if (m_item >= 0)
        steps.insert(steps.begin(), {std::string("items"), std::to_string(m_item)});
    return steps;
}

Result<void> ObjectInText::make(std::span<const FieldEdit> batch, std::string &text, Value &meant) const
{
    Result<Value> after = value::withFieldEdits(meant, batch);
    if (!after)
        return tl::unexpected(after.error());
    if (*after == meant)
        return {}; // The text says so already, in its own spelling.
    const Result<std::vector<YamlNode>> trees = treesOf(text);
    if (!trees)
        return tl::unexpected(trees.error());
    if (trees->size() != m_documents.size())
        return fail(ErrorCode::InvalidInput, "the documents of the file can't be told apart");
    const YamlNode &root = (*trees)[m_document];
    value::YamlEdits changes;
    for (const FieldEdit &edit : batch) {
        const Result<value::YamlEdits> found = edit.verb == FieldEdit::Verb::Remove ? removal(text, root, edit, *after)
            : edit.verb == FieldEdit::Verb::Insert                                  ? insertion(text, root, edit, meant)
                                                                                    : value::editsToSet(text, root, stepsOf(edit), edit.value);
        if (!found)
            return tl::unexpected(found.error());
        changes.insert(changes.end(), found->begin(), found->end());
    }
    Result<std::string> edited = value::applyEdits(text, std::move(changes));
    if (!edited)
        return tl::unexpected(edited.error());
    text = std::move(*edited);
    meant = std::move(*after);
    return {};
}

Result<std::string> ObjectInText::withEdits(std::span<const FieldEdit> edits) const
{
    std::string text = m_text;
    Value meant = m_object;
    Result<void> done;
    while (!edits.empty() && done) {
        const std::span<const FieldEdit> batch = edits.first(batchSize(edits));
        edits = edits.subspan(batch.size());
        done = make(batch, text, meant);
    }
    if (done)
        done = verify(text, meant);
    if (!done)
        return failWith(m_name, done.error());
    return text;
}

} // namespace fairway::route
