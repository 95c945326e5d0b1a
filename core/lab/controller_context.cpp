#include "core/lab/controller_context.h"

#include "core/base/random.h"
#include "core/value/json.h"

#include <algorithm>

namespace fairway::lab {

using value::Value;

namespace {

constexpr std::size_t MaxEvents = 300;

} // namespace

ControllerContext::ControllerContext(ObjectService &service, PodHost &pods)
    : m_service(service)
    , m_pods(pods)
{
}

ResourceTypePtr ControllerContext::type(std::string_view resource) const
{
    return m_service.registry().findId(resource);
}

Value ControllerContext::get(std::string_view resource, std::string_view ns, std::string_view name) const
{
    const ResourceTypePtr found = type(resource);
    auto object = found ? m_service.get(*found, found->storageVersion(), ns, name) : ApiResult<Value>(tl::unexpected(pageNotFound()));
    return object ? std::move(*object) : Value();
}

std::vector<Value> ControllerContext::list(std::string_view resource, std::string_view ns) const
{
    std::vector<Value> objects;
    const ResourceTypePtr found = type(resource);
    if (!found)
        return objects;
    for (const StoredPtr &stored : m_service.store().snapshot(resource, ns).objects)
        objects.push_back(m_service.parse(*stored, *found, found->storageVersion()));
    return objects;
}

std::vector<Value> ControllerContext::ownedBy(std::string_view resource, std::string_view ns, std::string_view uid) const
{
    std::vector<Value> objects;
    const ResourceTypePtr found = type(resource);
    if (!found)
        return objects;
    for (const StoredPtr &stored : m_service.store().snapshot(resource, ns).objects) {
        // A uid in the text is necessary, not sufficient: it saves parsing the others.
        if (stored->json.find(uid) == std::string::npos)
            continue;
        Value object = m_service.parse(*stored, *found, found->storageVersion());
        const Value &owners = object["metadata"]["ownerReferences"];
        for (std::size_t i = 0; i < owners.size(); ++i) {
            if (owners[i]["uid"].stringOr() == uid && owners[i]["controller"].boolOr(false)) {
                objects.push_back(std::move(object));
                break;
            }
        }
    }
    return objects;
}

bool ControllerContext::create(std::string_view resource, Value object)
{
    const ResourceTypePtr found = type(resource);
    WriteOptions options;
    options.tracksFields = false;
    const std::string ns(object["metadata"]["namespace"].stringOr());
    return found && m_service.create(*found, found->storageVersion(), ns, std::move(object), options).has_value();
}

bool ControllerContext::update(std::string_view resource, const Value &object)
{
    const ResourceTypePtr found = type(resource);
    WriteOptions options;
    options.tracksFields = false;
    return found
        && m_service
               .update(*found, found->storageVersion(), object["metadata"]["namespace"].stringOr(),
                   object["metadata"]["name"].stringOr(), object, options)
               .has_value();
}

bool ControllerContext::remove(std::string_view resource, std::string_view ns, std::string_view name)
{
    const ResourceTypePtr found = type(resource);
    return found && m_service.remove(*found, found->storageVersion(), ns, name, {}).has_value();
}

void ControllerContext::event(const Value &about, std::string_view type, std::string_view reason, std::string_view message, std::string_view component)
{
    const Value &metadata = about["metadata"];
    const std::string ns(metadata["namespace"].stringOr("default"));
    const std::string name = std::string(metadata["name"].stringOr()) + "." + m_service.identity().uid().substr(0, 8) + m_service.identity().uid().substr(0, 8);
    Value involved = Value::map({{"kind", about["kind"]}, {"namespace", ns}, {"name", metadata["name"]}, {"uid", metadata["uid"]},
        {"apiVersion", about["apiVersion"]}, {"resourceVersion", metadata["resourceVersion"]}});
    const bool isMade = create("events",
        Value::map({{"metadata", Value::map({{"name", name}, {"namespace", ns}})}, {"involvedObject", involved}, {"reason", reason},
            {"message", message}, {"source", Value::map({{"component", component}})}, {"firstTimestamp", now()}, {"lastTimestamp", now()},
            {"count", 1}, {"type", type}, {"reportingComponent", component}, {"reportingInstance", ""}}));
    if (!isMade)
        return;
    m_events.emplace_back(ns, name);
    while (m_events.size() > MaxEvents) {
        (void)remove("events", m_events.front().first, m_events.front().second);
        m_events.pop_front();
    }
}

Value ownerReference(const Value &owner)
{
    return Value::list({Value::map({{"apiVersion", owner["apiVersion"]}, {"kind", owner["kind"]}, {"name", owner["metadata"]["name"]},
        {"uid", owner["metadata"]["uid"]}, {"controller", true}, {"blockOwnerDeletion", true}})});
}

bool isReady(const Value &pod)
{
    if (pod["metadata"]["deletionTimestamp"].isString())
        return false;
    const Value &conditions = pod["status"]["conditions"];
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        if (conditions[i]["type"].stringOr() == "Ready")
            return conditions[i]["status"].stringOr() == "True";
    }
    return false;
}

void setCondition(Value &status, std::string_view type, bool isTrue, std::string_view reason, std::string_view message, std::string_view now)
{
    if (!status["conditions"].isList())
        status.set("conditions", Value::list());
    Value condition = Value::map({{"type", type}, {"status", isTrue ? "True" : "False"}, {"lastTransitionTime", now}});
    if (!reason.empty())
        condition.set("reason", reason);
    if (!message.empty())
        condition.set("message", message);
    value::List &conditions = status.asMap().get("conditions")->asList();
    for (Value &existing : conditions) {
        if (existing["type"].stringOr() != type)
            continue;
        if (existing["status"] == condition["status"])
            condition.set("lastTransitionTime", existing["lastTransitionTime"]);
        existing = condition;
        return;
    }
    conditions.push_back(condition);
}

Value &mapMember(Value &parent, std::string_view key)
{
    if (!parent[key].isMap())
        parent.set(key, Value::map());
    return *parent.asMap().get(key);
}

} // namespace fairway::lab
