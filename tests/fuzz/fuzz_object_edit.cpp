#include "core/route/mends.h"
#include "core/route/object_in_text.h"
#include "core/value/pointer.h"
#include "core/value/yaml.h"

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

using namespace fairway;
using Verb = value::FieldEdit::Verb;

namespace {

/// The text with the edits reads as the object with the edits, or it is refused.
std::string checked(const route::ObjectInText &before, const route::ObjectRef &ref, const std::vector<value::FieldEdit> &edits)
{
    const auto edited = before.withEdits(edits);
    if (!edited)
        return {};
    const auto meant = value::withFieldEdits(before.object(), edits);
    const auto after = route::ObjectInText::find(*edited, ref);
    if (!meant || !after || !(after->object() == *meant))
        std::abort();
    return *edited;
}

std::vector<std::string> pointersOf(const value::Value &object)
{
    std::vector<std::string> out {"/spec/new/deep"};
    const std::function<void(const value::Value &, const std::string &)> collect = [&](const value::Value &node, const std::string &pointer) {
        if (out.size() > 12)
            return;
        if (pointer.starts_with("/spec/")) // kind and name are how it is found again
            out.push_back(pointer);
        if (node.isMap()) {
            for (const auto &[name, member] : node.asMap())
                collect(member, value::childPointer(pointer, name));
        }
        for (std::size_t i = 0; node.isList() && i < node.size(); ++i)
            collect(node[i], value::childPointer(pointer, i));
    };
    collect(object, {});
    return out;
}

} // namespace

/// Files of any layout: each kind of edit at any field of the first object, and everything that can be mended in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    if (size > 5000)
        return 0;
    const auto documents = value::parseYamlDocuments(text);
    if (!documents || documents->empty())
        return 0;
    const value::Value &items = documents->front()["items"];
    const value::Value &first = items.isList() && items.size() > 0 ? items[0] : documents->front();
    if (!first["metadata"].isMap())
        return 0;
    const route::ObjectRef ref {std::string(first["kind"].stringOr()), std::string(first["metadata"]["namespace"].stringOr()),
        std::string(first["metadata"]["name"].stringOr())};
    const auto before = route::ObjectInText::find(text, ref);
    if (!before)
        return 0;
    const value::Value values[] = {value::Value("a: b # c"), value::Value(7), value::Value::map({{"k", value::Value::list({value::Value("v")})}})};
    for (const std::string &pointer : pointersOf(before->object())) {
        for (const value::Value &to : values)
            checked(*before, ref, {{Verb::Set, pointer, to}});
        checked(*before, ref, {{Verb::Remove, pointer, {}}});
        checked(*before, ref, {{Verb::Insert, pointer, values[2]}, {Verb::Set, pointer + "/k", values[0]}});
    }
    const route::Mended mended = route::mendAll(before->object());
    std::vector<value::FieldEdit> edits;
    for (const route::Mend &mend : mended.done)
        edits.insert(edits.end(), mend.edits.begin(), mend.edits.end());
    if (const std::string after = checked(*before, ref, edits); !after.empty()) {
        const auto again = route::ObjectInText::find(after, ref);
        if (!route::mendAll(again->object()).done.empty())
            std::abort();
    }
    return 0;
}
