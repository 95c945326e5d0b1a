#include "tests/core/operate/fake_cluster.h"

#include "core/operate/pointer.h"
#include "core/value/patch.h"
#include "core/value/yaml.h"

#include <cstdlib>
#include <filesystem>

namespace fairway::operate::test {

using value::Value;

Result<Value> FakeCluster::read(const ObjectRef &object, const CancelToken &)
{
    ++reads;
    if (refuseRead) {
        if (auto error = refuseRead())
            return tl::unexpected(*error);
    }
    const std::scoped_lock lock(m_mutex);
    const auto found = m_objects.find(key(object));
    if (found == m_objects.end())
        return fail(ErrorCode::NotFound, object.display() + " not found");
    return value::deepCopy(found->second);
}

Result<WriteAnswer> FakeCluster::send(const WriteRequest &request, const CancelToken &)
{
    ++writes;
    if (request.dryRun)
        ++dryRuns;
    if (refuse) {
        if (auto error = refuse(request))
            return tl::unexpected(*error);
    }
    Result<WriteAnswer> answer = carryOut(request);
    if (answer && loseAnswer) {
        if (auto error = loseAnswer(request))
            return tl::unexpected(*error);
    }
    return answer;
}

Result<WriteAnswer> FakeCluster::carryOut(const WriteRequest &request)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_objects.find(key(request.object));
    const bool exists = found != m_objects.end();
    WriteAnswer answer;
    switch (request.kind) {
    case WriteRequest::Kind::JsonPatch: {
        if (!exists)
            return fail(ErrorCode::NotFound, request.object.display() + " not found");
        Result<Value> patched = value::jsonPatch(found->second, request.body);
        if (!patched) // a real API server answers a failed test with 422
            return fail(ErrorCode::InvalidInput, "the server rejected our request: " + patched.error().message);
        answer.object = std::move(*patched);
        break;
    }
    case WriteRequest::Kind::Apply:
        answer.object = exists ? value::mergePatch(found->second, request.body) : value::deepCopy(request.body);
        answer.isCreated = !exists;
        break;
    case WriteRequest::Kind::Create:
        if (exists)
            return fail(ErrorCode::AlreadyExists, request.object.display() + " already exists");
        answer.object = value::deepCopy(request.body);
        answer.isCreated = true;
        break;
    case WriteRequest::Kind::Delete:
        if (!exists)
            return fail(ErrorCode::NotFound, request.object.display() + " not found");
        answer.object = found->second;
        if (!request.dryRun)
            m_objects.erase(found);
        return answer;
    }
    Value metadata = answer.object["metadata"];
    if (!request.dryRun) {
        metadata.set("resourceVersion", std::to_string(++m_version));
        if (metadata["uid"].isNull())
            metadata.set("uid", "uid-" + std::to_string(++m_uid));
        m_objects[key(request.object)] = value::deepCopy(answer.object);
    }
    return answer;
}

Result<kube::AccessAnswer> FakeCluster::mayI(std::string_view, const ObjectRef &, const CancelToken &)
{
    return kube::AccessAnswer {mayWrite, ""};
}

Result<void> FakeCluster::recordEvent(const ObjectRef &, const Value &, std::string_view, std::string_view message,
                                      const CancelToken &)
{
    ++writes;
    const std::scoped_lock lock(m_mutex);
    events.emplace_back(message);
    return {};
}

void FakeCluster::put(const ObjectRef &object, Value stored)
{
    const std::scoped_lock lock(m_mutex);
    Value copy = value::deepCopy(stored);
    Value metadata = copy["metadata"];
    metadata.set("resourceVersion", std::to_string(++m_version));
    const auto found = m_objects.find(key(object));
    metadata.set("uid", found != m_objects.end() ? found->second["metadata"]["uid"]
                                                 : Value("uid-" + std::to_string(++m_uid)));
    m_objects[key(object)] = std::move(copy);
}

void FakeCluster::erase(const ObjectRef &object)
{
    const std::scoped_lock lock(m_mutex);
    m_objects.erase(key(object));
}

Value FakeCluster::get(const ObjectRef &object)
{
    const std::scoped_lock lock(m_mutex);
    return value::deepCopy(m_objects.at(key(object)));
}

void FakeCluster::poke(const ObjectRef &object, std::string_view pointer, Value node)
{
    Value changed = get(object);
    if (!setAt(changed, pointer, node))
        std::abort();
    put(object, changed);
}

Value reviews()
{
    return *value::parseYaml(R"(apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata:
  name: reviews
  namespace: shop
  labels: {app: reviews}
spec:
  hosts: [reviews.shop.example]
  http:
  - match:
    - headers: {x-tester: {exact: "true"}}
    route:
    - destination: {host: reviews, subset: v2}
  - match:
    - sourceLabels: {app: mobile-bff}
    route:
    - destination: {host: reviews, subset: v1}
  - route:
    - destination: {host: reviews, subset: v1}
      weight: 90
    - destination: {host: reviews, subset: v2}
      weight: 10
)");
}

ObjectRef reviewsRef()
{
    return {"networking.istio.io", "v1beta1", "virtualservices", "VirtualService", "shop", "reviews"};
}

Value withWeights(const Value &object, int first, int second)
{
    Value changed = value::deepCopy(object);
    if (!setAt(changed, "/spec/http/2/route/0/weight", Value(first)) || !setAt(changed, "/spec/http/2/route/1/weight", Value(second)))
        std::abort();
    return changed;
}

TemporaryFolder::TemporaryFolder()
{
    std::string name = (std::filesystem::temp_directory_path() / "fairway-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        std::abort();
    m_path = name;
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

} // namespace fairway::operate::test
