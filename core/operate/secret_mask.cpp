#include "core/operate/secret_mask.h"

#include "core/operate/pointer.h"

namespace fairway::operate {

using value::Value;

namespace {

constexpr std::string_view lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

void maskMembers(Value &object, std::string_view member, const std::function<std::string(const Value &)> &mask)
{
    if (!object[member].isMap())
        return;
    Value members = object[member];
    for (auto &[key, secret] : members.asMap())
        secret = Value(mask(secret));
}

} // namespace

bool isSecret(const Value &object)
{
    return object["kind"].stringOr() == "Secret" && object["apiVersion"].stringOr() == "v1";
}

bool isSecretField(std::string_view pointer)
{
    return isAtOrBelow(pointer, "/data") || isAtOrBelow(pointer, "/stringData")
        || isAtOrBelow(pointer, childPointer("/metadata/annotations", lastApplied)) || pointer == "/metadata/annotations"
        || pointer == "/metadata" || pointer.empty();
}

Value masked(const Value &object, const std::function<std::string(const Value &)> &mask)
{
    if (!isSecret(object))
        return object;
    Value copy = value::deepCopy(object);
    maskMembers(copy, "data", mask);
    maskMembers(copy, "stringData", mask);
    Value annotations = copy["metadata"]["annotations"];
    if (annotations.isMap()) {
        if (Value *text = annotations.asMap().get(lastApplied))
            *text = Value(mask(*text));
    }
    return copy;
}

} // namespace fairway::operate
