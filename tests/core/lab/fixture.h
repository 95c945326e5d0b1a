#pragma once

#include "core/lab/object_service.h"
#include "core/value/json.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

namespace fairway::lab {

/// A store, a registry and a service with the namespace "rec", and a clock that stands still.
class ServiceFixture : public ::testing::Test {
protected:
    ServiceFixture()
    {
        EXPECT_TRUE(service.create(*type("namespaces"), "v1", "", json(R"({"metadata":{"name":"rec"}})"), {}));
    }

    static value::Value json(std::string_view text)
    {
        auto parsed = value::parseJson(text);
        EXPECT_TRUE(parsed) << text;
        return parsed ? *parsed : value::Value();
    }
    ResourceTypePtr type(std::string_view id) const { return registry.findId(id); }
    ApiResult<Written> makeConfigMap(const std::string &name, const std::string &data = "1", const std::string &label = "0")
    {
        return service.create(*type("configmaps"), "v1", "rec",
            json(R"({"metadata":{"name":")" + name + R"(","labels":{"n":")" + label + R"("}},"data":{"a":")" + data + R"("}})"), {});
    }

    ManualClock clock {std::chrono::system_clock::time_point(std::chrono::seconds(1'767'225'600))};
    IdentitySource identity {1};
    ResourceRegistry registry;
    Store store {16};
    ObjectService service {store, registry, identity, clock};
};

/// Waits for a condition that other threads bring about.
class Gate {
public:
    template <typename Change>
    void change(Change change)
    {
        {
            const std::scoped_lock lock(m_mutex);
            change();
        }
        m_condition.notify_all();
    }
    template <typename Condition>
    bool wait(Condition condition)
    {
        std::unique_lock lock(m_mutex);
        return m_condition.wait_for(lock, std::chrono::seconds(20), condition);
    }
    template <typename Read>
    auto read(Read read)
    {
        const std::scoped_lock lock(m_mutex);
        return read();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_condition;
};

} // namespace fairway::lab
