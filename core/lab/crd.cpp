#include "core/lab/crd.h"

#include <algorithm>

namespace fairway::lab {

using value::Value;

namespace {

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

std::vector<std::string> strings(const Value &list)
{
    std::vector<std::string> result;
    for (std::size_t i = 0; i < list.size(); ++i)
        result.emplace_back(list[i].stringOr());
    return result;
}

/// v1 before v1beta2 before v1alpha3: Kubernetes' order of preference.
int rank(std::string_view version)
{
    if (version.find("alpha") != std::string_view::npos)
        return 2;
    return version.find("beta") != std::string_view::npos ? 1 : 0;
}

} // namespace

void defaultCrd(Value &crd)
{
    Value *spec = crd.asMap().get("spec");
    if (!spec || !spec->isMap())
        return;
    if ((*spec)["conversion"].isNull())
        spec->set("conversion", Value::map({{"strategy", "None"}}));
    Value *names = spec->asMap().get("names");
    if (!names || !names->isMap())
        return;
    const std::string kind((*names)["kind"].stringOr());
    if ((*names)["singular"].isNull())
        names->set("singular", lowered(kind));
    if ((*names)["listKind"].isNull())
        names->set("listKind", kind + "List");
}

std::vector<FieldCause> checkCrd(const Value &crd)
{
    std::vector<FieldCause> causes;
    const auto require = [&](const Value &field, const char *path) {
        if (field.stringOr().empty())
            causes.push_back({"FieldValueRequired", "Required value", path});
    };
    const Value &spec = crd["spec"];
    require(spec["group"], "spec.group");
    require(spec["names"]["plural"], "spec.names.plural");
    require(spec["names"]["kind"], "spec.names.kind");
    if (spec["scope"].stringOr() != "Namespaced" && spec["scope"].stringOr() != "Cluster")
        causes.push_back({"FieldValueRequired", "Required value", "spec.scope"});
    if (spec["versions"].size() == 0)
        causes.push_back({"FieldValueRequired", "Required value", "spec.versions"});
    const std::string wanted = std::string(spec["names"]["plural"].stringOr()) + "." + std::string(spec["group"].stringOr());
    if (causes.empty() && crd["metadata"]["name"].stringOr() != wanted)
        causes.push_back({"FieldValueInvalid",
            "Invalid value: \"" + std::string(crd["metadata"]["name"].stringOr())
                + "\": must be spec.names.plural+\".\"+spec.group",
            "metadata.name"});
    return causes;
}

ResourceTypePtr typeOfCrd(const Value &crd)
{
    auto type = std::make_shared<ResourceType>();
    const Value &spec = crd["spec"];
    const Value &names = spec["names"];
    type->group = spec["group"].stringOr();
    type->kind = names["kind"].stringOr();
    type->listKind = names["listKind"].stringOr();
    type->plural = names["plural"].stringOr();
    type->singular = names["singular"].stringOr();
    type->shortNames = strings(names["shortNames"]);
    type->categories = strings(names["categories"]);
    type->verbs = {"delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"};
    type->isNamespaced = spec["scope"].stringOr() == "Namespaced";
    type->isCustom = true;
    for (std::size_t i = 0; i < spec["versions"].size(); ++i) {
        const Value &version = spec["versions"][i];
        if (!version["served"].boolOr(true))
            continue;
        ResourceVersion added;
        added.name = version["name"].stringOr();
        added.schema = version["schema"]["openAPIV3Schema"];
        const Value &columns = version["additionalPrinterColumns"];
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const Value &column = columns[c];
            added.columns.push_back({std::string(column["name"].stringOr()), std::string(column["type"].stringOr()),
                std::string(column["format"].stringOr()), std::string(column["description"].stringOr()),
                std::string(column["jsonPath"].stringOr()), static_cast<int>(column["priority"].intOr(0))});
        }
        const Value &subresources = version["subresources"];
        type->hasStatus = type->hasStatus || subresources["status"].isMap();
        if (subresources["scale"].isMap()) {
            type->hasScale = true;
            type->scaleSpecPath = subresources["scale"]["specReplicasPath"].stringOr(type->scaleSpecPath);
            type->scaleStatusPath = subresources["scale"]["statusReplicasPath"].stringOr(type->scaleStatusPath);
            type->scaleSelectorPath = subresources["scale"]["labelSelectorPath"].stringOr();
        }
        type->versions.push_back(std::move(added));
    }
    std::stable_sort(type->versions.begin(), type->versions.end(),
        [](const ResourceVersion &a, const ResourceVersion &b) { return rank(a.name) < rank(b.name); });
    return type;
}

Value establishedStatus(const Value &crd, std::string_view time)
{
    const auto condition = [&](const char *type, const char *reason, const char *message) {
        return Value::map({{"type", type}, {"status", "True"}, {"lastTransitionTime", time}, {"reason", reason}, {"message", message}});
    };
    Value stored = Value::list();
    for (std::size_t i = 0; i < crd["spec"]["versions"].size(); ++i) {
        if (crd["spec"]["versions"][i]["storage"].boolOr(false))
            stored.append(crd["spec"]["versions"][i]["name"]);
    }
    return Value::map({{"acceptedNames", crd["spec"]["names"]}, {"storedVersions", stored},
        {"conditions",
            Value::list({condition("NamesAccepted", "NoConflicts", "no conflicts found"),
                condition("Established", "InitialNamesAccepted", "the initial names have been accepted")})}});
}

} // namespace fairway::lab
