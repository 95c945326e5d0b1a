#include "core/lab/conversion.h"

namespace fairway::lab {

using value::Value;

namespace {

Value cpuMetric(const Value &percentage, bool isTarget)
{
    Value resource = Value::map({{"name", "cpu"}});
    if (isTarget)
        resource.set("target", Value::map({{"type", "Utilization"}, {"averageUtilization", percentage}}));
    else
        resource.set("current", Value::map({{"averageUtilization", percentage}}));
    return Value::list({Value::map({{"type", "Resource"}, {"resource", resource}})});
}

const Value &cpuOf(const Value &metrics, std::string_view side)
{
    for (std::size_t i = 0; i < metrics.size(); ++i) {
        if (metrics[i]["resource"]["name"].stringOr() == "cpu")
            return metrics[i]["resource"][side]["averageUtilization"];
    }
    return metrics["none"];
}

void move(Value &object, std::string_view section, std::string_view from, std::string_view to, Value moved)
{
    if (!object[section].isMap())
        return;
    Value copy = value::deepCopy(object[section]);
    copy.asMap().remove(from);
    if (!moved.isNull())
        copy.set(to, std::move(moved));
    object.set(section, copy);
}

void autoscalerToV1(Value &object)
{
    move(object, "spec", "metrics", "targetCPUUtilizationPercentage", cpuOf(object["spec"]["metrics"], "target"));
    move(object, "status", "currentMetrics", "currentCPUUtilizationPercentage", cpuOf(object["status"]["currentMetrics"], "current"));
    move(object, "status", "conditions", "", Value());
}

void autoscalerToV2(Value &object)
{
    const Value target = object["spec"]["targetCPUUtilizationPercentage"];
    if (!target.isNull())
        move(object, "spec", "targetCPUUtilizationPercentage", "metrics", cpuMetric(target, true));
    const Value current = object["status"]["currentCPUUtilizationPercentage"];
    if (!current.isNull())
        move(object, "status", "currentCPUUtilizationPercentage", "currentMetrics", cpuMetric(current, false));
}

} // namespace

Value convertVersion(Value object, const ResourceType &type, std::string_view version)
{
    const std::string target = type.groupVersion(version);
    if (object["apiVersion"].stringOr() == target)
        return object;
    // The map is shared with whoever holds the object; the copy is of its top level only.
    Value copy = Value::map();
    for (const auto &[key, member] : object.asMap())
        copy.set(key, member);
    if (type.kind == "HorizontalPodAutoscaler") {
        if (version == "v1")
            autoscalerToV1(copy);
        else
            autoscalerToV2(copy);
    }
    copy.set("apiVersion", target);
    return copy;
}

} // namespace fairway::lab
