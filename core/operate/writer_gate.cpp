#include "core/operate/attempt.h"

/// What stands in the way of a write: lock, production mark, destinations without endpoints, rights.
namespace fairway::operate {
namespace {

std::string_view rightFor(const Change &change)
{
    switch (change.verb) {
    case WriteVerb::Create:
        return "create";
    case WriteVerb::Delete:
        return "delete";
    case WriteVerb::Update:
    case WriteVerb::Apply:
        break;
    }
    return "patch";
}

std::vector<std::string> pointersOf(const std::vector<FieldChange> &changes)
{
    std::vector<std::string> pointers;
    pointers.reserve(changes.size());
    for (const FieldChange &change : changes)
        pointers.push_back(change.pointer);
    return pointers;
}

} // namespace

Gate Writer::gate(const Change &change, const CancelToken &cancel)
{
    Gate gate;
    const ContextPolicy policy = m_parts.settings->policy(m_parts.context);
    gate.isLocked = policy.isLocked;
    gate.needsTypedName = policy.isProduction;
    gate.unreadyDestinations = change.unreadyDestinations;
    gate.owners = ownersOf(change.base, change.verb == WriteVerb::Update ? pointersOf(localChanges(change))
                                                                         : std::vector<std::string>());
    if (const auto error = denied(change, cancel)) {
        gate.mayWrite = error->code != ErrorCode::Forbidden;
        (gate.mayWrite ? gate.problem : gate.denied) = error->said();
    }
    return gate;
}

std::optional<Error> Writer::denied(const Change &change, const CancelToken &cancel)
{
    const std::string_view verb = rightFor(change);
    const Result<kube::AccessAnswer> answer = m_parts.api->mayI(verb, change.object, cancel);
    if (!answer)
        return answer.error();
    if (answer->allowed)
        return std::nullopt;
    const std::string who = m_parts.api->userName();
    const Text user = who.empty() ? phrase("operate", "this user") : phrase("operate", "user %1").with(who);
    const std::string kind = change.object.resource().qualifiedName();
    Text message = change.object.ns.empty()
        ? phrase("operate", "%1 may not %2 %3").with(user, verb, kind)
        : phrase("operate", "%1 may not %2 %3 in namespace %4").with(user, verb, kind, change.object.ns);
    if (!answer->reason.empty())
        message = phrase("operate", "%1 (%2)").with(message, answer->reason);
    return Error {ErrorCode::Forbidden, message};
}

std::optional<Error> Writer::refusal(WriteStage stage, const Change &change, const WriteConsent &consent) const
{
    const std::string &context = m_parts.context.name;
    const ContextPolicy policy = m_parts.settings->policy(m_parts.context);
    if (policy.isLocked)
        return Error {ErrorCode::Locked, phrase("operate", "context %1 is locked: nothing was sent").with(context)};
    if (stage == WriteStage::DryRun)
        return std::nullopt; // it changes nothing: consent is for what does
    if (policy.isProduction && consent.typedContext != context)
        return Error {ErrorCode::Locked, phrase("operate", "context %1 is marked production: type its name to write").with(context)};
    if (policy.isProduction && isBlank(consent.reason))
        return Error {ErrorCode::Locked, phrase("operate", "context %1 is marked production: a write needs a reason").with(context)};
    if (!change.unreadyDestinations.empty() && !consent.allowUnready) {
        std::string names;
        for (const std::string &name : change.unreadyDestinations)
            names += (names.empty() ? "" : ", ") + name;
        return Error {ErrorCode::Locked,
            phrase("operate", "%1 would get traffic without a ready endpoint: confirm that this is meant").with(names)};
    }
    return std::nullopt;
}

} // namespace fairway::operate
