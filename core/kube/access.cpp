#include "core/kube/access.h"

#include "core/value/json.h"

namespace fairway::kube {

AccessReviewer::AccessReviewer(std::shared_ptr<Client> client, std::chrono::milliseconds keep, const Clock *clock)
    : m_client(std::move(client))
    , m_keep(keep)
    , m_clock(clock != nullptr ? clock : &m_systemClock)
{
}

Result<AccessAnswer> AccessReviewer::canI(const AccessQuestion &question, const CallOptions &options)
{
    const auto now = m_clock->steadyNow();
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto it = m_kept.find(question); it != m_kept.end() && now < it->second.until) {
            return it->second.answer;
        }
    }
    value::Value attributes = value::Value::map({{"verb", question.verb}, {"resource", question.plural}});
    const auto add = [&attributes](std::string_view key, const std::string &text) {
        if (!text.empty()) {
            attributes.set(key, value::Value(text));
        }
    };
    add("group", question.group);
    add("subresource", question.subresource);
    add("namespace", question.ns);
    add("name", question.name);
    const value::Value review = value::Value::map({{"kind", "SelfSubjectAccessReview"},
                                                   {"apiVersion", "authorization.k8s.io/v1"},
                                                   {"spec", value::Value::map({{"resourceAttributes", attributes}})}});
    const RawRequest request {"POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "application/json", "application/json",
                              value::toJson(review)};
    auto answer = m_client->raw(request, options);
    if (!answer) {
        return failWith(phrase("kube", "asking for the right to %1 %2").with(question.verb, question.plural), answer.error());
    }
    const auto parsed = value::parseJson(answer->body);
    if (!parsed || !(*parsed)["status"].isMap()) {
        return fail(ErrorCode::ProtocolViolation, phrase("kube", "asking for the right to %1 %2: the answer can't be read").with(question.verb, question.plural));
    }
    const value::Value &status = (*parsed)["status"];
    AccessAnswer out {status["allowed"].boolOr(false), std::string(status["reason"].stringOr())};
    if (const std::string_view problem = status["evaluationError"].stringOr(); !out.allowed && out.reason.empty() && !problem.empty()) {
        out.reason = problem;
    }
    const std::scoped_lock lock(m_mutex);
    if (m_kept.size() >= maxKept) {
        m_kept.clear(); // Rare; asking again is cheap.
    }
    m_kept[question] = {out, now + m_keep};
    return out;
}

void AccessReviewer::forget()
{
    const std::scoped_lock lock(m_mutex);
    m_kept.clear();
}

} // namespace fairway::kube
