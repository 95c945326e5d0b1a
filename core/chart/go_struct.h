#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// Reads data into C++ structs as encoding/json (through sigs.k8s.io/yaml) reads it into Go's, and words its refusal the same way.
/// The first error stays, reading goes on.
///
/// Source: observed behaviour of Go's encoding/json 1.23 to 1.25.
class GoStructReader {
public:
    /// The place for errors: the innermost struct's name and, from place to place outwards, the path of fields to here. Borrows its texts
    /// and the place around it: an index has a hundred thousand of them, and errors are rare.
    struct Place {
        std::string_view structName;
        std::string_view name; ///< Of a field; empty where a struct begins.
        const Place *around = nullptr;
        [[nodiscard]] Place field(std::string_view fieldName) const { return {structName, fieldName, this}; }
        [[nodiscard]] Place inside(std::string_view newStruct) const { return {newStruct, {}, this}; }
        /// "metadata.name"
        [[nodiscard]] std::string path() const;
    };

    /// Calls `visit(key, member)` for each member of a map; refuses what is neither map nor null. `typeName` is Go's for the struct.
    template <typename Visit>
    void structure(const value::Value &data, const Place &place, std::string_view typeName, const Visit &visit)
    {
        if (data.isMap()) {
            for (const auto &[key, member] : data.asMap())
                visit(std::string_view(key), member);
        } else if (!data.isNull()) {
            refuse(data, place, typeName);
        }
    }

    /// Numbers and booleans become text; null leaves `out`.
    void text(const value::Value &data, const Place &place, std::string &out);
    void boolean(const value::Value &data, const Place &place, bool &out);
    void texts(const value::Value &data, const Place &place, std::vector<std::string> &out);
    void textMap(const value::Value &data, const Place &place, std::optional<std::map<std::string, std::string>> &out);

    void refuse(const value::Value &data, const Place &place, std::string_view typeName);
    [[nodiscard]] Result<void> result() const;

private:
    std::string m_error;
};

/// As strings.EqualFold for ASCII: how encoding/json finds a field.
[[nodiscard]] bool isField(std::string_view key, std::string_view field);

} // namespace fairway::chart
