#include "core/lab/crd.h"
#include "core/lab/defaults.h"
#include "core/lab/selectors.h"

#include "core/value/json.h"

#include <algorithm>
#include <set>

namespace fairway::lab {

using value::Value;

namespace {

bool isLabelChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool isDnsLabel(std::string_view text)
{
    return !text.empty() && isLabelChar(text.front()) && isLabelChar(text.back())
        && std::all_of(text.begin(), text.end(), [](char c) { return isLabelChar(c) || c == '-'; });
}

bool isDnsSubdomain(std::string_view text)
{
    if (text.empty() || text.size() > 253)
        return false;
    while (true) {
        const std::size_t dot = text.find('.');
        if (!isDnsLabel(text.substr(0, dot)))
            return false;
        if (dot == std::string_view::npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

class Validator {
public:
    std::vector<FieldCause> causes;

    void required(const std::string &field) { causes.push_back({"FieldValueRequired", "Required value", field}); }

    void invalid(const Value &found, std::string_view why, const std::string &field)
    {
        causes.push_back({"FieldValueInvalid", "Invalid value: " + value::toJson(found) + ": " + std::string(why), field});
    }

    void checkName(const Value &object, const ResourceType &type)
    {
        const Value &name = object["metadata"]["name"];
        // RBAC names may hold colons; they are path segments, not DNS names.
        if (type.group == "rbac.authorization.k8s.io")
            return;
        const bool isShort = type.kind == "Service" || type.kind == "Namespace";
        if (isShort ? isDnsLabel(name.stringOr()) && name.stringOr().size() <= 63 : isDnsSubdomain(name.stringOr()))
            return;
        if (isShort)
            invalid(name,
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end "
                "with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
                "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
                "metadata.name");
        else
            invalid(name,
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start "
                "and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
                "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
                "metadata.name");
    }

    void checkPodSpec(const Value &spec, const std::string &path)
    {
        const Value &containers = spec["containers"];
        if (containers.size() == 0)
            return required(path + ".containers");
        for (std::size_t i = 0; i < containers.size(); ++i) {
            const std::string item = path + ".containers[" + std::to_string(i) + "]";
            if (containers[i]["name"].stringOr().empty())
                required(item + ".name");
            else if (!isDnsLabel(containers[i]["name"].stringOr()))
                invalid(containers[i]["name"],
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and "
                    "end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
                    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
                    item + ".name");
            if (containers[i]["image"].stringOr().empty())
                required(item + ".image");
        }
    }

    void checkWorkload(const Value &object, const Value &before, std::string_view kind)
    {
        const Value &spec = object["spec"];
        const Value &labels = spec["template"]["metadata"]["labels"];
        if (!spec["selector"].isMap())
            required("spec.selector");
        else if (!LabelSelector::fromObject(spec["selector"]).matches(LabelSet(labels)))
            invalid(labels.isNull() ? Value::map() : labels, "`selector` does not match template `labels`",
                "spec.template.metadata.labels");
        if (spec["replicas"].intOr(0) < 0)
            invalid(spec["replicas"], "must be greater than or equal to 0", "spec.replicas");
        checkPodSpec(spec["template"]["spec"], "spec.template.spec");
        if (before.isMap() && !(before["spec"]["selector"] == spec["selector"]) && kind != "ReplicationController")
            invalid(spec["selector"], "field is immutable", "spec.selector");
    }

    void checkService(const Value &object, const Value &before)
    {
        const Value &spec = object["spec"];
        const Value &ports = spec["ports"];
        if (ports.size() == 0 && spec["type"].stringOr() != "ExternalName" && spec["clusterIP"].stringOr() != "None")
            required("spec.ports");
        for (std::size_t i = 0; i < ports.size(); ++i) {
            const std::string item = "spec.ports[" + std::to_string(i) + "]";
            const std::int64_t number = ports[i]["port"].intOr(0);
            if (number < 1 || number > 65535)
                invalid(ports[i]["port"].isNull() ? Value(0) : ports[i]["port"], "must be between 1 and 65535, inclusive", item + ".port");
            if (ports.size() > 1 && ports[i]["name"].stringOr().empty())
                required(item + ".name");
        }
        const std::string_view old = before["spec"]["clusterIP"].stringOr();
        if (!old.empty() && old != spec["clusterIP"].stringOr() && spec["type"].stringOr() != "ExternalName")
            invalid(Value::list({spec["clusterIP"]}), "may not change once set", "spec.clusterIPs[0]");
    }
};

} // namespace

std::vector<FieldCause> validate(const Value &object, const Value &before, const ResourceType &type)
{
    Validator validator;
    if (before.isNull())
        validator.checkName(object, type);
    if (type.isCustom)
        return std::move(validator.causes);
    const std::string_view kind = type.kind;
    if (kind == "Pod")
        validator.checkPodSpec(object["spec"], "spec");
    else if (type.group == "apps" && kind != "ControllerRevision")
        validator.checkWorkload(object, before, kind);
    else if (kind == "Service")
        validator.checkService(object, before);
    else if (kind == "Secret" && before.isMap() && !(before["type"] == object["type"]))
        validator.invalid(object["type"], "field is immutable", "type");
    else if (kind == "CustomResourceDefinition") {
        for (FieldCause &cause : checkCrd(object))
            validator.causes.push_back(std::move(cause));
    }
    if ((kind == "Secret" || kind == "ConfigMap") && before["immutable"].boolOr(false) && !(before["data"] == object["data"]))
        validator.causes.push_back({"FieldValueForbidden", "Forbidden: field is immutable when `immutable` is set", "data"});
    return std::move(validator.causes);
}

std::vector<std::string> warningsFor(const Value &object, const ResourceType &type)
{
    std::vector<std::string> warnings;
    if (type.isCustom)
        return warnings;
    const bool isPod = type.kind == "Pod";
    const Value &spec = isPod ? object["spec"] : object["spec"]["template"]["spec"];
    const std::string path = isPod ? "spec" : "spec.template.spec";
    for (std::size_t c = 0; c < spec["containers"].size(); ++c) {
        const Value &env = spec["containers"][c]["env"];
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < env.size(); ++i) {
            const std::string_view name = env[i]["name"].stringOr();
            if (!seen.insert(name).second)
                warnings.push_back(path + ".containers[" + std::to_string(c) + "].env[" + std::to_string(i)
                    + "]: hides previous definition of \"" + std::string(name) + "\", which may be dropped when using apply");
        }
    }
    return warnings;
}

} // namespace fairway::lab
