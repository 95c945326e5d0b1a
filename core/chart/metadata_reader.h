#pragma once

#include "core/chart/go_struct.h"
#include "core/chart/metadata.h"

#include <array>
#include <cstddef>
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

    /// The fields of metadata, and reading one of them: `index` is into these.
    static constexpr std::array<std::string_view, 17> fields {"annotations", "apiVersion", "appVersion", "condition", "dependencies", "deprecated",
        "description", "home", "icon", "keywords", "kubeVersion", "maintainers", "name", "sources", "tags", "type", "version"};
    template <typename Data>
    void field(std::size_t index, Data &member, const GoStructReader::Place &place, Metadata &out);

    [[nodiscard]] GoStructReader &reader() { return m_reader; }

private:
    /// Each item of a list, null ones as nothing.
    template <typename Item, std::size_t count, typename Data, typename Read>
    void items(Data &data, const GoStructReader::Place &place, std::string_view typeName, const std::array<std::string_view, count> &names,
        std::vector<std::optional<Item>> &out, const Read &read);
    template <typename Data>
    void maintainers(Data &data, const GoStructReader::Place &place, std::vector<std::optional<Maintainer>> &out);
    template <typename Data>
    void dependencies(Data &data, const GoStructReader::Place &place, std::vector<std::optional<Dependency>> &out);

    std::string m_package;
    GoStructReader m_reader;
};

} // namespace fairway::chart
