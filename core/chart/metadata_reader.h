#pragma once

#include "core/chart/go_struct.h"
#include "core/chart/metadata.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// Reads Helm's types of chart metadata out of data, as encoding/json does; repository indexes embed them.
/// Errors: in reader().result(), the first one.
class MetadataReader {
public:
    explicit MetadataReader(HelmVersion version)
        : m_package(version == HelmVersion::V4 ? "v2." : "chart.")
    {
    }

    [[nodiscard]] Result<void> read(const value::Value &data, Metadata &out);
    [[nodiscard]] Result<void> read(const value::Value &data, Lock &out);

    /// One member of a map of metadata. False when metadata has no such field.
    [[nodiscard]] bool field(std::string_view key, const value::Value &member, const GoStructReader::Place &place, Metadata &out);

    [[nodiscard]] GoStructReader &reader() { return m_reader; }

private:
    /// Each item of a list, null ones as nothing.
    template <typename Item, typename Read>
    void items(const value::Value &data, const GoStructReader::Place &place, std::string_view typeName, std::vector<std::optional<Item>> &out,
        const Read &read);
    void maintainers(const value::Value &data, const GoStructReader::Place &place, std::vector<std::optional<Maintainer>> &out);
    void dependencies(const value::Value &data, const GoStructReader::Place &place, std::vector<std::optional<Dependency>> &out);

    std::string m_package;
    GoStructReader m_reader;
};

} // namespace fairway::chart
