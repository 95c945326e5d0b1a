#pragma once

#include "core/base/result.h"
#include "core/value/field_edit.h"
#include "core/value/value.h"
#include "core/value/yaml_edit.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

/// Names one object of a file.
struct ObjectRef {
    std::string kind;
    std::string ns; ///< Empty: whatever the object says.
    std::string name;

    [[nodiscard]] std::string display() const { return kind + " " + (ns.empty() ? "" : ns + "/") + name; }
};

/// One object of a YAML or JSON file, to be edited so that comments, order, quoting, line ends, anchors and all other documents keep
/// every byte. Kubernetes List objects are looked into.
class ObjectInText {
public:
    /// Errors: InvalidInput (no YAML; the object stands in the file twice), NotFound, LimitExceeded.
    [[nodiscard]] static Result<ObjectInText> find(std::string_view text, const ObjectRef &ref);

    [[nodiscard]] const value::Value &object() const { return m_object; }

    /// The file with the edits made, one after the other. New keys are written in the style of their neighbours. The result is read again
    /// and must say what was meant and nothing else.
    /// Errors: InvalidInput: as value::withFieldEdits(); the place is reached through an alias, so that one change would reach two;
    ///         the layout can't be edited without touching more of it.
    [[nodiscard]] Result<std::string> withEdits(std::span<const value::FieldEdit> edits) const;

private:
    ObjectInText() = default;
    [[nodiscard]] std::vector<std::string> stepsOf(const value::FieldEdit &edit) const; ///< From the document's root.
    [[nodiscard]] Result<void> make(std::span<const value::FieldEdit> batch, std::string &text, value::Value &meant) const;
    [[nodiscard]] Result<value::YamlEdits> removal(
        std::string_view text, const value::YamlNode &root, const value::FieldEdit &edit, value::Value &meant) const;
    [[nodiscard]] Result<value::YamlEdits> insertion(
        std::string_view text, const value::YamlNode &root, const value::FieldEdit &edit, const value::Value &before) const;
    [[nodiscard]] Result<void> verify(const std::string &edited, const value::Value &meant) const;

    std::string m_text;
    std::string m_name;
    std::vector<value::Value> m_documents; ///< Those that are maps: only they can be objects.
    value::Value m_object;
    std::size_t m_document = 0; ///< Index in m_documents.
    int m_item = -1;            ///< Index in a List object; -1: the document itself.
};

} // namespace fairway::route
