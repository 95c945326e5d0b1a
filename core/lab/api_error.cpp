#include "core/lab/api_error.h"

#include <utility>

namespace fairway::lab {

using value::Value;

namespace {

std::string quoted(std::string_view text)
{
    return "\"" + std::string(text) + "\"";
}

Value detailsOf(const ErrorSubject &subject, std::string_view name, std::string_view kind)
{
    Value details = Value::map();
    if (!name.empty())
        details.set("name", name);
    if (!subject.group.empty())
        details.set("group", subject.group);
    if (!kind.empty())
        details.set("kind", kind);
    return details;
}

ApiError make(int code, std::string reason, std::string message, Value details = {})
{
    ApiError error;
    error.code = code;
    error.reason = std::move(reason);
    error.message = std::move(message);
    error.details = std::move(details);
    return error;
}

} // namespace

ApiError notFound(const ErrorSubject &subject, std::string_view name)
{
    return make(404, "NotFound", subject.qualifiedPlural() + " " + quoted(name) + " not found",
        detailsOf(subject, name, subject.plural));
}

ApiError alreadyExists(const ErrorSubject &subject, std::string_view name)
{
    return make(409, "AlreadyExists", subject.qualifiedPlural() + " " + quoted(name) + " already exists",
        detailsOf(subject, name, subject.plural));
}

ApiError conflict(const ErrorSubject &subject, std::string_view name, std::string_view why)
{
    return make(409, "Conflict",
        "Operation cannot be fulfilled on " + subject.qualifiedPlural() + " " + quoted(name) + ": " + std::string(why),
        detailsOf(subject, name, subject.plural));
}

ApiError staleVersion(const ErrorSubject &subject, std::string_view name)
{
    return conflict(subject, name,
        "the object has been modified; please apply your changes to the latest version and try again");
}

ApiError applyConflict(const std::vector<std::pair<std::string, std::string>> &managerAndField)
{
    std::string message = "Apply failed with " + std::to_string(managerAndField.size())
        + (managerAndField.size() == 1 ? " conflict: " : " conflicts: ");
    Value causes = Value::list();
    if (managerAndField.size() == 1) {
        message += "conflict with " + managerAndField[0].first + ": " + managerAndField[0].second;
    } else {
        // The server groups by manager: one "conflicts with …:" block each, fields as a list.
        std::string open;
        bool isFirst = true;
        for (const auto &[manager, field] : managerAndField) {
            if (manager != open) {
                message += std::string(isFirst ? "" : "\n") + "conflicts with " + manager + ":";
                open = manager;
                isFirst = false;
            }
            message += "\n- " + field;
        }
    }
    for (const auto &[manager, field] : managerAndField) {
        causes.append(Value::map({{"reason", "FieldManagerConflict"}, {"message", "conflict with " + manager}, {"field", field}}));
    }
    return make(409, "Conflict", std::move(message), Value::map({{"causes", causes}}));
}

ApiError invalid(const ErrorSubject &subject, std::string_view name, const std::vector<FieldCause> &causes)
{
    std::string message = subject.qualifiedKind() + " " + quoted(name) + " is invalid: ";
    Value list = Value::list();
    std::string joined;
    for (const FieldCause &cause : causes) {
        joined += (joined.empty() ? "" : ", ") + cause.field + ": " + cause.message;
        list.append(Value::map({{"reason", cause.reason}, {"message", cause.message}, {"field", cause.field}}));
    }
    message += causes.size() > 1 ? "[" + joined + "]" : joined;
    Value details = detailsOf(subject, name, subject.kind);
    details.set("causes", list);
    return make(422, "Invalid", std::move(message), details);
}

ApiError badRequest(std::string message)
{
    return make(400, "BadRequest", std::move(message));
}

ApiError unprocessablePatch()
{
    return make(422, "Invalid", "the server rejected our request due to an error in our request", Value::map());
}

ApiError unauthorized()
{
    return make(401, "Unauthorized", "Unauthorized");
}

ApiError forbidden(const ErrorSubject &subject, std::string_view name, std::string_view user, std::string_view verb,
    std::string_view subresource, std::string_view ns)
{
    const std::string resource = subject.plural + (subresource.empty() ? "" : "/" + std::string(subresource));
    std::string message = subject.qualifiedPlural() + (name.empty() ? "" : " " + quoted(name)) + " is forbidden: User "
        + quoted(user) + " cannot " + std::string(verb) + " resource " + quoted(resource) + " in API group "
        + quoted(subject.group);
    message += ns.empty() ? " at the cluster scope" : " in the namespace " + quoted(ns);
    return make(403, "Forbidden", std::move(message), detailsOf(subject, name, subject.plural));
}

ApiError methodNotAllowed(const ErrorSubject &subject)
{
    return make(405, "MethodNotAllowed",
        "the server does not allow this method on the requested resource (" + subject.qualifiedPlural() + ")", Value::map());
}

ApiError methodNotSupported()
{
    return make(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", Value::map());
}

ApiError notAcceptable()
{
    return make(406, "NotAcceptable",
        "406: Not Acceptable\n\nAvailable representations: application/json, application/json;stream=watch", Value::map());
}

ApiError unsupportedMediaType(std::string_view given)
{
    std::string message = "415: Unsupported Media Type";
    if (!given.empty())
        message += "\n\nAvailable representations: application/json, application/yaml";
    return make(415, "UnsupportedMediaType", std::move(message), Value::map());
}

ApiError expired(std::string message)
{
    return make(410, "Expired", std::move(message));
}

ApiError versionTooLarge(std::uint64_t asked, std::uint64_t current)
{
    ApiError error = make(504, "Timeout",
        "Timeout: Too large resource version: " + std::to_string(asked) + ", current: " + std::to_string(current),
        Value::map({{"causes",
                        Value::list({Value::map({{"reason", "ResourceVersionTooLarge"},
                            {"message", "Too large resource version"}})})},
            {"retryAfterSeconds", 1}}));
    error.retryAfterSeconds = 1;
    return error;
}

ApiError pageNotFound()
{
    ApiError error = make(404, {}, "404 page not found\n");
    error.isPlainText = true;
    return error;
}

ApiError internalError(std::string message)
{
    return make(500, "InternalError", std::move(message));
}

Value statusObject(const ApiError &error)
{
    Value status = Value::map({{"kind", "Status"}, {"apiVersion", "v1"}, {"metadata", error.metadata},
        {"status", "Failure"}, {"message", error.message}, {"code", error.code}});
    if (!error.reason.empty())
        status.set("reason", error.reason);
    if (error.details.isMap())
        status.set("details", error.details);
    return status;
}

Value deletedStatus(const ErrorSubject &subject, std::string_view name, std::string_view uid)
{
    Value details = detailsOf(subject, name, subject.plural);
    details.set("uid", uid);
    return Value::map({{"kind", "Status"}, {"apiVersion", "v1"}, {"metadata", Value::map()}, {"status", "Success"},
        {"details", details}});
}

} // namespace fairway::lab
