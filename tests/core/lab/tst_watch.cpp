#include "core/lab/watch_hub.h"
#include "tests/core/lab/fixture.h"

#include <algorithm>

namespace fairway::lab {

namespace {

/// Collects a watch's lines; can refuse to take more.
class RecordingSink final : public WatchSink {
public:
    bool write(std::string_view bytes) override
    {
        bool isTaken = false;
        m_gate.change([&] {
            isTaken = !m_isFull;
            if (isTaken)
                m_text += bytes;
        });
        return isTaken;
    }
    bool isClosed() const override { return false; }
    void end() override { m_gate.change([&] { m_hasEnded = true; }); }
    void abort() override { m_gate.change([&] { m_isCut = true; }); }

    void setFull(bool isFull) { m_gate.change([&] { m_isFull = isFull; }); }
    /// Waits for `count` lines and gives "TYPE name" for each.
    std::string lines(std::size_t count)
    {
        EXPECT_TRUE(m_gate.wait([&] { return static_cast<std::size_t>(std::count(m_text.begin(), m_text.end(), '\n')) >= count; }));
        std::string text = m_gate.read([&] { return m_text; });
        std::string result;
        while (!text.empty()) {
            const std::size_t end = text.find('\n');
            const auto line = value::parseJson(text.substr(0, end));
            text.erase(0, end + 1);
            result += std::string((*line)["type"].stringOr()) + " " + std::string((*line)["object"]["metadata"]["name"].stringOr("-")) + "\n";
        }
        return result;
    }
    std::string text() { return m_gate.read([&] { return m_text; }); }
    bool waitForEnd() { return m_gate.wait([&] { return m_hasEnded; }); }
    bool waitForCut() { return m_gate.wait([&] { return m_isCut; }); }

private:
    Gate m_gate;
    std::string m_text;
    bool m_isFull = false;
    bool m_hasEnded = false;
    bool m_isCut = false;
};

class Watches : public ServiceFixture {
protected:
    Watches() { store.setListener([this](std::string_view) { hub.wake(); }); }

    WatchRequest request(std::string_view labels = {}, Form form = Form::Objects)
    {
        return {"configmaps", *ObjectFilter::make(type("configmaps"), "rec", {}, labels, {}), Renderer(service, type("configmaps"), "v1", form, {}),
            store.version(), {}, false, false, std::chrono::milliseconds(0)};
    }
    void change(const std::string &name, const std::string &patch)
    {
        EXPECT_TRUE(service.patch(*type("configmaps"), "v1", "rec", name, PatchKind::Merge, json(patch), {}));
    }

    std::shared_ptr<RecordingSink> sink = std::make_shared<RecordingSink>();
    WatchHub hub {store, std::chrono::milliseconds(20)};
};

TEST_F(Watches, tell_what_happens_after_a_version)
{
    (void)makeConfigMap("before");
    hub.add(request(), sink);
    (void)makeConfigMap("w1");
    change("w1", R"({"data":{"a":"2"}})");
    EXPECT_TRUE(service.remove(*type("configmaps"), "v1", "rec", "w1", {}));
    EXPECT_EQ(sink->lines(3), "ADDED w1\nMODIFIED w1\nDELETED w1\n");
    EXPECT_EQ(hub.openWatches(), 1U);
}

TEST_F(Watches, see_objects_come_and_go_as_they_begin_and_cease_to_match)
{
    (void)makeConfigMap("c", "1", "0");
    hub.add(request("n=1"), sink);
    change("c", R"({"metadata":{"labels":{"n":"1"}}})");
    change("c", R"({"data":{"a":"2"}})");
    change("c", R"({"metadata":{"labels":{"n":"2"}}})");
    change("c", R"({"data":{"a":"3"}})");
    (void)makeConfigMap("d", "1", "1");
    EXPECT_EQ(sink->lines(4), "ADDED c\nMODIFIED c\nDELETED c\nADDED d\n");
}

TEST_F(Watches, begin_with_what_there_is_and_mark_its_end)
{
    (void)makeConfigMap("a");
    (void)makeConfigMap("b");
    WatchRequest all = request();
    all.initialObjects = store.snapshot("configmaps", "rec").objects;
    all.endsInitialEvents = true;
    hub.add(std::move(all), sink);
    EXPECT_EQ(sink->lines(3), "ADDED a\nADDED b\nBOOKMARK -\n");
    EXPECT_NE(sink->text().find(R"("k8s.io/initial-events-end":"true")"), std::string::npos);
}

TEST_F(Watches, send_bookmarks_when_idle_and_allowed)
{
    WatchRequest idle = request();
    idle.allowsBookmarks = true;
    hub.add(std::move(idle), sink);
    EXPECT_EQ(sink->lines(2).substr(0, 22), "BOOKMARK -\nBOOKMARK -\n");
}

TEST_F(Watches, from_before_the_history_end_with_410)
{
    WatchRequest old = request();
    for (int i = 0; i < 40; ++i)
        (void)makeConfigMap("c" + std::to_string(i));
    hub.add(std::move(old), sink);
    EXPECT_TRUE(sink->waitForEnd());
    EXPECT_EQ(sink->lines(1), "ERROR -\n");
    EXPECT_NE(sink->text().find(R"("code":410)"), std::string::npos);
    EXPECT_NE(sink->text().find("too old resource version"), std::string::npos);
}

TEST_F(Watches, that_are_full_go_on_where_they_were)
{
    sink->setFull(true);
    hub.add(request(), sink);
    (void)makeConfigMap("a");
    (void)makeConfigMap("b");
    sink->setFull(false);
    hub.wake();
    EXPECT_EQ(sink->lines(2), "ADDED a\nADDED b\n");
}

TEST_F(Watches, send_a_tables_columns_once)
{
    hub.add(request({}, Form::Table), sink);
    (void)makeConfigMap("a");
    (void)makeConfigMap("b");
    (void)sink->lines(2);
    const std::string text = sink->text();
    const std::size_t first = text.find(R"("columnDefinitions":[{)");
    ASSERT_NE(first, std::string::npos);
    EXPECT_EQ(text.find(R"("columnDefinitions":[{)", first + 1), std::string::npos);
    EXPECT_NE(text.find(R"("columnDefinitions":null)"), std::string::npos);
    EXPECT_NE(text.find(R"("cells":["a",1,"0s"])"), std::string::npos);
}

TEST_F(Watches, end_at_their_time_and_can_be_cut)
{
    WatchRequest shortOne = request();
    shortOne.timeout = std::chrono::milliseconds(10);
    hub.add(std::move(shortOne), sink);
    EXPECT_TRUE(sink->waitForEnd());
    const auto other = std::make_shared<RecordingSink>();
    hub.add(request(), other);
    hub.cutAll();
    EXPECT_TRUE(other->waitForCut());
}

} // namespace

} // namespace fairway::lab
