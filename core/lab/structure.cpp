#include "core/lab/structure.h"

#include "core/value/json.h"

namespace fairway::lab {

using value::Value;

namespace {

/// Names are unique enough among the kinds that the lab knows; `parent` tells the few apart that are not.
struct ListRule {
    std::string_view field;
    std::string_view parent; ///< Empty: any.
    std::string_view keys;   ///< Comma-separated; "=" marks a set.
    std::string_view mergeKey;
};

constexpr ListRule ListRules[] = {
    {"containers", "spec", "name", "name"},
    {"initContainers", "spec", "name", "name"},
    {"ephemeralContainers", "spec", "name", "name"},
    {"volumes", "spec", "name", "name"},
    {"imagePullSecrets", "", "name", "name"},
    {"hostAliases", "spec", "ip", "ip"},
    {"topologySpreadConstraints", "spec", "topologyKey,whenUnsatisfiable", "topologyKey"},
    {"ports", "containers", "containerPort,protocol", "containerPort"},
    {"ports", "initContainers", "containerPort,protocol", "containerPort"},
    {"ports", "spec", "port,protocol", "port"},
    {"env", "", "name", "name"},
    {"volumeMounts", "", "mountPath", "mountPath"},
    {"volumeDevices", "", "devicePath", "devicePath"},
    {"conditions", "status", "type", "type"},
    {"ownerReferences", "metadata", "uid", "uid"},
    {"finalizers", "metadata", "=", "="},
    {"finalizers", "spec", "=", "="},
    {"secrets", "", "name", "name"},
    {"podIPs", "status", "ip", "ip"},
    {"hostIPs", "status", "ip", "ip"},
    {"addresses", "status", "type", "type"},
    {"taints", "spec", "", "key"},
    {"readinessGates", "spec", "", ""},
    {"loadBalancerSourceRanges", "spec", "", ""},
};

const ListRule *ruleFor(const FieldPath &path)
{
    if (path.empty())
        return nullptr;
    const std::string_view parent = path.size() > 1 ? path[path.size() - 2] : std::string_view();
    for (const ListRule &rule : ListRules) {
        if (rule.field == path.back() && (rule.parent.empty() || rule.parent == parent))
            return &rule;
    }
    return nullptr;
}

class BuiltinStructure final : public Structure {
public:
    explicit BuiltinStructure(std::string_view kind)
        : m_kind(kind)
    {
    }

    ListShape list(const FieldPath &path) const override
    {
        const ListRule *rule = ruleFor(path);
        if (!rule || rule->keys.empty())
            return {};
        // NetworkPolicy and EndpointSlice have spec.ports and ports too, but as plain lists.
        if (path.back() == "ports" && path.size() == 2 && m_kind != "Service")
            return {};
        if (rule->keys == "=")
            return {ListShape::Kind::Set, {}};
        ListShape shape {ListShape::Kind::Keyed, {}};
        std::string_view rest = rule->keys;
        while (!rest.empty()) {
            const std::string_view key = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(rest.size(), key.size() + 1));
            shape.keys.push_back({std::string(key), key == "protocol" ? Value("TCP") : Value()});
        }
        return shape;
    }

    bool isAtomicMap(const FieldPath &path) const override
    {
        if (path.empty())
            return false;
        const std::string_view name = path.back();
        return name == "selector" || name == "nodeSelector" || name == "labelSelector" || name == "podSelector"
            || name == "namespaceSelector" || name == "fieldRef" || name == "configMapKeyRef" || name == "secretKeyRef"
            || name == "resourceFieldRef" || name == "roleRef" || name == "targetRef"
            || name == "scaleTargetRef" || name == "involvedObject" || name == "claimRef";
    }

private:
    std::string m_kind;
};

class CustomStructure final : public Structure {
public:
    explicit CustomStructure(Value schema)
        : m_schema(std::move(schema))
    {
    }

    ListShape list(const FieldPath &path) const override
    {
        if (path.size() == 2 && path[0] == "metadata") {
            if (path[1] == "finalizers")
                return {ListShape::Kind::Set, {}};
            if (path[1] == "ownerReferences")
                return {ListShape::Kind::Keyed, {{"uid", {}}}};
        }
        const Value &schema = at(path);
        const std::string_view kind = schema["x-kubernetes-list-type"].stringOr();
        if (kind == "set")
            return {ListShape::Kind::Set, {}};
        if (kind != "map")
            return {};
        ListShape shape {ListShape::Kind::Keyed, {}};
        const Value &keys = schema["x-kubernetes-list-map-keys"];
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const std::string_view key = keys[i].stringOr();
            shape.keys.push_back({std::string(key), schema["items"]["properties"][key]["default"]});
        }
        return shape;
    }

    bool isAtomicMap(const FieldPath &path) const override
    {
        return at(path)["x-kubernetes-map-type"].stringOr() == "atomic";
    }

private:
    const Value &at(const FieldPath &path) const
    {
        const Value *node = &m_schema;
        for (const std::string_view name : path) {
            while ((*node)["items"].isMap())
                node = &(*node)["items"];
            const Value &property = (*node)["properties"][name];
            node = property.isNull() ? &(*node)["additionalProperties"] : &property;
        }
        return *node;
    }

    Value m_schema;
};

} // namespace

std::unique_ptr<Structure> structureOf(const ResourceType &type, std::string_view version)
{
    if (!type.isCustom)
        return std::make_unique<BuiltinStructure>(type.kind);
    const ResourceVersion *found = type.version(version);
    return std::make_unique<CustomStructure>(found ? found->schema : Value());
}

std::string_view strategicMergeKey(const FieldPath &path, bool &isSet)
{
    isSet = false;
    const ListRule *rule = ruleFor(path);
    if (!rule)
        return {};
    isSet = rule->mergeKey == "=";
    return isSet ? std::string_view() : rule->mergeKey;
}

std::string itemKey(const Value &item, const ListShape &shape)
{
    if (shape.kind == ListShape::Kind::Set)
        return "v:" + value::toJson(item);
    if (!item.isMap())
        return {};
    Value keys = Value::map();
    for (const ListShape::Key &key : shape.keys) {
        const Value &found = item[key.name];
        if (!found.isNull())
            keys.set(key.name, found);
        else if (!key.fallback.isNull())
            keys.set(key.name, key.fallback);
        else if (shape.keys.size() == 1)
            return {};
    }
    return "k:" + value::toJson(keys);
}

} // namespace fairway::lab
