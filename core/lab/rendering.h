#pragma once

#include "core/lab/api_request.h"
#include "core/lab/object_service.h"
#include "core/lab/table.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// Turns stored objects into the JSON of answers, in one form (objects, Table, metadata only) and version. Whole objects
/// are passed on as stored, without parsing.
/// Threads: one owner at a time.
class Renderer {
public:
    /// `includesObject`: what a Table's rows carry ("None", "Metadata", "Object").
    Renderer(const ObjectService &service, ResourceTypePtr type, std::string version, Form form, std::string includesObject);

    [[nodiscard]] std::string one(const StoredObject &object) const;
    [[nodiscard]] std::string list(const std::vector<StoredPtr> &objects, std::uint64_t version, std::string_view continueToken,
        std::size_t remaining) const;
    /// The `object` of a watch event. A Table's columns are written with the first event only.
    [[nodiscard]] std::string event(std::string_view type, const StoredObject &object, bool isFirst) const;
    [[nodiscard]] std::string bookmark(std::uint64_t version, bool endsInitialEvents, bool isFirst) const;

private:
    [[nodiscard]] std::string object(const StoredObject &object, bool isListItem) const;
    [[nodiscard]] std::string row(const StoredObject &object) const;
    [[nodiscard]] std::string metadata(const StoredObject &object) const;
    [[nodiscard]] std::string table(std::string rows, std::string metadataText, bool hasColumns) const;

    const ObjectService &m_service;
    ResourceTypePtr m_type;
    std::string m_version;
    Form m_form;
    std::string m_includesObject;
    TableColumns m_columns;
    std::string m_prefix; ///< {"kind":"Pod","apiVersion":"v1",
};

} // namespace fairway::lab
