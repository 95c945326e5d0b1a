#include "core/operate/object_api.h"

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/value/json.h"

namespace fairway::operate {

using value::Value;

namespace {

Result<WriteAnswer> answerOf(Result<value::ObjectView> object, const kube::CallInfo &info)
{
    if (!object)
        return tl::unexpected(object.error());
    Result<Value> tree = object->parse();
    if (!tree)
        return tl::unexpected(tree.error());
    WriteAnswer answer;
    answer.object = std::move(*tree);
    answer.warnings = info.warnings;
    answer.isCreated = info.httpStatus == 201;
    return answer;
}

class KubeObjectApi final : public ObjectApi {
public:
    explicit KubeObjectApi(std::shared_ptr<kube::Client> client)
        : m_client(client)
        , m_reviewer(std::move(client))
    {
    }

    Result<Value> read(const ObjectRef &object, const CancelToken &cancel) override
    {
        // Raw, because owners are told from managedFields, which Client::get() drops.
        kube::RawRequest request;
        request.path = object.resource().path(object.ns, object.name);
        kube::CallOptions options;
        options.cancel = cancel;
        const Result<kube::HttpAnswer> answer = m_client->raw(request, options);
        if (!answer)
            return tl::unexpected(answer.error());
        Result<Value> tree = value::parseJson(answer->body);
        if (!tree)
            return failWith(phrase("operate", "the server's answer about %1").with(object.display()), tree.error());
        return tree;
    }

    Result<WriteAnswer> send(const WriteRequest &request, const CancelToken &cancel) override
    {
        kube::CallInfo info;
        const ObjectRef &object = request.object;
        if (request.kind == WriteRequest::Kind::Delete) {
            kube::DeleteOptions options;
            options.uid = request.uid;
            options.resourceVersion = request.resourceVersion;
            options.dryRun = request.dryRun;
            options.gracePeriodSeconds = request.gracePeriodSeconds;
            options.propagation = request.propagation;
            options.call.cancel = cancel;
            options.call.info = &info;
            return answerOf(m_client->remove(object.resource(), object.ns, object.name, options), info);
        }
        kube::WriteOptions options;
        options.fieldManager = request.fieldManager;
        options.dryRun = request.dryRun;
        options.force = request.force;
        // A mistyped field in a file would be dropped in silence otherwise; patches only touch fields that are there.
        options.fieldValidation
            = request.kind == WriteRequest::Kind::JsonPatch ? kube::FieldValidation::Warn : kube::FieldValidation::Strict;
        options.call.cancel = cancel;
        options.call.info = &info;
        if (request.kind == WriteRequest::Kind::Create)
            return answerOf(m_client->create(object.resource(), object.ns, request.body, options), info);
        const kube::PatchType type
            = request.kind == WriteRequest::Kind::Apply ? kube::PatchType::Apply : kube::PatchType::Json;
        return answerOf(m_client->patch(object.resource(), object.ns, object.name, type, request.body, options), info);
    }

    Result<kube::AccessAnswer> mayI(std::string_view verb, const ObjectRef &object, const CancelToken &cancel) override
    {
        kube::AccessQuestion question;
        question.verb = verb;
        question.group = object.group;
        question.plural = object.plural;
        question.ns = object.ns;
        question.name = verb == "create" ? std::string() : object.name; // a creation has no name to ask about
        kube::CallOptions options;
        options.cancel = cancel;
        return m_reviewer.canI(question, options);
    }

    Result<void> recordEvent(const ObjectRef &object, const Value &live, std::string_view reason, std::string_view message,
                             const CancelToken &cancel) override
    {
        const std::string now = formatRfc3339(SystemClock().systemNow());
        const std::string ns = object.ns.empty() ? "default" : object.ns;
        Value involved = Value::map({{"apiVersion", object.apiVersion()}, {"kind", object.kind}, {"name", object.name}});
        if (!object.ns.empty())
            involved.set("namespace", object.ns);
        for (const char *key : {"uid", "resourceVersion"}) {
            if (live["metadata"][key].isString())
                involved.set(key, live["metadata"][key]);
        }
        constexpr std::size_t maxMessage = 1024; // what Kubernetes accepts
        const Value event = Value::map({
            {"apiVersion", "v1"},
            {"kind", "Event"},
            {"metadata", Value::map({{"name", object.name.substr(0, 200) + "." + randomHex(8)}, {"namespace", ns}})},
            {"involvedObject", involved},
            {"reason", std::string(reason)},
            {"message", std::string(message.substr(0, maxMessage))},
            {"type", "Normal"},
            {"count", 1},
            {"firstTimestamp", now},
            {"lastTimestamp", now},
            {"source", Value::map({{"component", "fairway"}})},
        });
        kube::WriteOptions options;
        options.call.cancel = cancel;
        const auto made = m_client->create({"", "v1", "events"}, ns, event, options);
        if (!made)
            return tl::unexpected(made.error());
        return {};
    }

    std::string userName() const override { return m_client->access().userName; }

private:
    std::shared_ptr<kube::Client> m_client;
    kube::AccessReviewer m_reviewer;
};

} // namespace

std::unique_ptr<ObjectApi> makeObjectApi(std::shared_ptr<kube::Client> client)
{
    return std::make_unique<KubeObjectApi>(std::move(client));
}

} // namespace fairway::operate
