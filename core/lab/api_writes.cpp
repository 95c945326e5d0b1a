#include "core/lab/api_server.h"

#include "core/value/json.h"
#include "core/value/yaml.h"

namespace fairway::lab {

using value::Value;

namespace {

/// The manager of a write that names none: the program's name.
std::string managerOf(const Query &query, std::string_view userAgent)
{
    const std::string_view given = query.get("fieldManager");
    if (!given.empty())
        return std::string(given);
    const std::string_view program = userAgent.substr(0, userAgent.find('/'));
    return program.empty() ? "unknown" : std::string(program.substr(0, 128));
}

std::optional<PatchKind> patchKind(std::string_view contentType)
{
    const std::string_view type = contentType.substr(0, contentType.find(';'));
    if (type == "application/merge-patch+json")
        return PatchKind::Merge;
    if (type == "application/json-patch+json")
        return PatchKind::Json;
    if (type == "application/strategic-merge-patch+json")
        return PatchKind::Strategic;
    if (type == "application/apply-patch+yaml")
        return PatchKind::Apply;
    return std::nullopt;
}

/// What stands in the way of taking `object` for the kind that the URL is about.
std::optional<ApiError> checkKind(const Value &object, const ResourceType &type, std::string_view version, bool isScale)
{
    const std::string wantedVersion = isScale ? "autoscaling/v1" : type.groupVersion(version);
    const std::string wantedKind = isScale ? "Scale" : type.kind;
    const std::string_view apiVersion = object["apiVersion"].stringOr(wantedVersion);
    const std::string_view kind = object["kind"].stringOr(wantedKind);
    if (apiVersion == wantedVersion && kind == wantedKind)
        return std::nullopt;
    return badRequest("the API version in the data (" + std::string(apiVersion) + ", Kind=" + std::string(kind)
        + ") does not match the expected API version (" + wantedVersion + ", Kind=" + wantedKind + ")");
}

} // namespace

ApiResult<WriteOptions> ApiServer::writeOptions(const Call &call, const Target &target) const
{
    WriteOptions options;
    options.manager = managerOf(call.query, call.http.header("user-agent"));
    options.subresource = target.path.subresource;
    options.isForced = call.query.isTrue("force");
    const std::string_view dryRun = call.query.get("dryRun");
    if (!dryRun.empty() && dryRun != "All")
        return tl::unexpected(invalid({"meta.k8s.io", "options", "UpdateOptions"}, "",
            {{"FieldValueNotSupported", "Unsupported value: [\"" + std::string(dryRun.substr(0, 40)) + "\"]: supported values: \"All\"", "dryRun"}}));
    options.isDryRun = dryRun == "All";
    const std::string_view validation = call.query.get("fieldValidation");
    if (validation == "Strict")
        options.validation = FieldValidation::Strict;
    else if (validation == "Ignore")
        options.validation = FieldValidation::Ignore;
    return options;
}

ApiServer::Answer ApiServer::written(const Call &call, const Target &, ApiResult<Written> result, int created) const
{
    if (!result)
        return tl::unexpected(std::move(result.error()));
    ApiAnswer answer;
    answer.status = result->isCreated ? created : 200;
    answer.warnings = std::move(result->warnings);
    if (call.accepted.isYaml) {
        answer.body = value::toYaml(result->object);
        answer.contentType = "application/yaml";
    } else {
        answer.body = value::toJson(result->object) + "\n";
    }
    return answer;
}

ApiServer::Answer ApiServer::create(const Call &call, const Target &target)
{
    const ResourceType &type = *target.type;
    if (type.isNamespaced && target.path.ns.empty())
        return tl::unexpected(methodNotAllowed(type.subject()));
    auto body = readBody(call.http.header("content-type"), call.http.body);
    if (!body)
        return tl::unexpected(body.error());
    if (auto refusal = checkKind(*body, type, target.path.version, false))
        return tl::unexpected(std::move(*refusal));
    const auto options = writeOptions(call, target);
    if (!options)
        return tl::unexpected(options.error());
    // Who makes an object does not say how it fares.
    if (type.hasStatus && body->isMap())
        body->asMap().remove("status");
    return written(call, target, m_service.create(type, target.path.version, target.path.ns, std::move(*body), *options), 201);
}

ApiServer::Answer ApiServer::update(const Call &call, const Target &target)
{
    const ResourceType &type = *target.type;
    auto body = readBody(call.http.header("content-type"), call.http.body);
    if (!body)
        return tl::unexpected(body.error());
    if (auto refusal = checkKind(*body, type, target.path.version, target.path.subresource == "scale"))
        return tl::unexpected(std::move(*refusal));
    auto options = writeOptions(call, target);
    if (!options)
        return tl::unexpected(options.error());
    if (options->subresource == "finalize")
        options->subresource.clear();
    return written(call, target, m_service.update(type, target.path.version, target.path.ns, target.path.name, *body, *options), 201);
}

ApiServer::Answer ApiServer::patch(const Call &call, const Target &target)
{
    const ResourceType &type = *target.type;
    const auto kind = patchKind(call.http.header("content-type"));
    if (!kind)
        return tl::unexpected(unsupportedMediaType({}));
    auto body = readBody(*kind == PatchKind::Apply ? "application/yaml" : "application/json", call.http.body);
    if (!body)
        return tl::unexpected(badRequest("error decoding patch: " + body.error().message));
    const auto options = writeOptions(call, target);
    if (!options)
        return tl::unexpected(options.error());
    if (*kind == PatchKind::Apply) {
        if (call.query.get("fieldManager").empty())
            return tl::unexpected(invalid({"meta.k8s.io", "patchoptions", "PatchOptions"}, "",
                {{"FieldValueRequired", "Required value: is required for apply patch", "fieldManager"}}));
        if (auto refusal = checkKind(*body, type, target.path.version, target.path.subresource == "scale"))
            return tl::unexpected(std::move(*refusal));
        if (!(*body)["metadata"]["managedFields"].isNull())
            return tl::unexpected(badRequest("metadata.managedFields must be nil"));
    }
    return written(call, target,
        m_service.patch(type, target.path.version, target.path.ns, target.path.name, *kind, *body, *options), 201);
}

namespace {

ApiResult<DeleteOptions> deleteOptions(const Query &query, std::string_view contentType, std::string_view text)
{
    DeleteOptions options;
    Value body;
    if (!text.empty()) {
        auto parsed = readBody(contentType, text);
        if (!parsed)
            return tl::unexpected(parsed.error());
        body = std::move(*parsed);
    }
    options.uid = body["preconditions"]["uid"].stringOr();
    options.resourceVersion = body["preconditions"]["resourceVersion"].stringOr();
    options.orphansDependents = body["propagationPolicy"].stringOr(query.get("propagationPolicy")) == "Orphan" || body["orphanDependents"].boolOr(false);
    options.isDryRun = body["dryRun"][0].stringOr(query.get("dryRun")) == "All";
    return options;
}

} // namespace

ApiServer::Answer ApiServer::remove(const Call &call, const Target &target)
{
    const ResourceType &type = *target.type;
    const auto options = deleteOptions(call.query, call.http.header("content-type"), call.http.body);
    if (!options)
        return tl::unexpected(options.error());
    auto removed = m_service.remove(type, target.path.version, target.path.ns, target.path.name, *options);
    if (!removed)
        return tl::unexpected(removed.error());
    ApiAnswer answer;
    const Value status = removed->isDeleted && type.kind != "Pod"
        ? deletedStatus(type.subject(), target.path.name, removed->object["metadata"]["uid"].stringOr())
        : removed->object;
    answer.body = value::toJson(status) + "\n";
    return answer;
}

ApiServer::Answer ApiServer::removeCollection(const Call &call, const Target &target)
{
    const ResourceType &type = *target.type;
    const auto filter = filterOf(call, target);
    if (!filter)
        return tl::unexpected(filter.error());
    const auto options = deleteOptions(call.query, call.http.header("content-type"), call.http.body);
    if (!options)
        return tl::unexpected(options.error());
    Store::Snapshot snapshot = m_service.store().snapshot(type.id(), filter->ns());
    std::erase_if(snapshot.objects, [&](const StoredPtr &object) { return !filter->matches(*object); });
    for (const StoredPtr &object : snapshot.objects) {
        auto removed = m_service.remove(type, target.path.version, object->ns, object->name, *options);
        if (!removed && removed.error().code != 404)
            return tl::unexpected(removed.error());
    }
    ApiAnswer answer;
    answer.body = rendererOf(call, target).list(snapshot.objects, m_service.store().version(), {}, 0) + "\n";
    return answer;
}

} // namespace fairway::lab
