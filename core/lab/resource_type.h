#pragma once

#include "core/lab/api_error.h"
#include "core/value/value.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// A column that a CRD asks for in tables.
struct PrinterColumn {
    std::string name;
    std::string type; ///< "string", "integer", "number", "boolean", "date"
    std::string format;
    std::string description;
    std::string jsonPath;
    int priority = 0;
};

/// One served version of a resource.
struct ResourceVersion {
    std::string name;     ///< "v1beta1"
    value::Value schema;  ///< openAPIV3Schema of a CRD; Null for built-in kinds. Read only.
    std::vector<PrinterColumn> columns;
};

/// A kind of object that the lab stores. Immutable; shared by everyone who looks at it.
struct ResourceType {
    std::string group;
    std::vector<ResourceVersion> versions; ///< Served ones, preferred first.
    std::string kind;
    std::string listKind;
    std::string plural;
    std::string singular;
    std::vector<std::string> shortNames;
    std::vector<std::string> categories;
    std::vector<std::string> verbs;
    bool isNamespaced = true;
    bool isCustom = false;
    bool hasStatus = false;
    bool hasScale = false;
    std::string scaleSpecPath = ".spec.replicas";
    std::string scaleStatusPath = ".status.replicas";
    std::string scaleSelectorPath;

    /// Key of its objects in the store: "deployments.apps".
    [[nodiscard]] std::string id() const { return group.empty() ? plural : plural + "." + group; }
    [[nodiscard]] ErrorSubject subject() const { return {group, plural, kind}; }
    [[nodiscard]] const ResourceVersion *version(std::string_view name) const;
    [[nodiscard]] bool allows(std::string_view verb) const;
    /// "apps/v1"
    [[nodiscard]] std::string groupVersion(std::string_view version) const;
    /// The version that objects are stored in; also the preferred one.
    [[nodiscard]] const std::string &storageVersion() const { return versions.front().name; }
};

using ResourceTypePtr = std::shared_ptr<const ResourceType>;

/// The kinds that exist without a CRD, in the order in which discovery lists them.
[[nodiscard]] std::vector<ResourceTypePtr> builtinTypes();

} // namespace fairway::lab
