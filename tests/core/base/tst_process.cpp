#include "core/base/process.h"

#include <gtest/gtest.h>

using namespace fairway;

namespace {

ProcessSpec shell(const std::string &script, const std::string &input = {})
{
    ProcessSpec spec;
    spec.command = "/bin/sh";
    spec.args = {"-c", script};
    spec.input = input;
    return spec;
}

} // namespace

TEST(Process, givesInputAndTakesBothOutputs)
{
    const auto result = runProcess(shell("cat; echo first >&2; echo last >&2; exit 3", "one\ntwo"), {});
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->out, "one\ntwo");
    EXPECT_EQ(result->errorText, "first\nlast\n");
    EXPECT_EQ(result->lastErrorLine, "last");
    EXPECT_EQ(result->exitCode, 3);
}

TEST(Process, largeInputNeedsNoReader)
{
    const std::string large(4 << 20, 'x');
    const auto ignored = runProcess(shell("exit 0", large), {});
    ASSERT_TRUE(ignored) << ignored.error().message;
    ProcessSpec counting = shell("wc -c", large);
    const auto counted = runProcess(counting, {});
    ASSERT_TRUE(counted) << counted.error().message;
    EXPECT_EQ(counted->out, "4194304\n");
}

TEST(Process, withoutInputThereIsNone)
{
    const auto result = runProcess(shell("cat"), {});
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->out, "");
}

TEST(Process, isStopped)
{
    ProcessSpec slow = shell("sleep 100 & sleep 100");
    slow.timeout = std::chrono::milliseconds(50);
    EXPECT_EQ(runProcess(slow, {}).error().code, ErrorCode::Timeout);

    ProcessSpec endless = shell("yes");
    endless.maxOutput = 1000;
    EXPECT_EQ(runProcess(endless, {}).error().code, ErrorCode::LimitExceeded);

    CancelSource cancelled;
    cancelled.cancel();
    EXPECT_EQ(runProcess(shell("sleep 100"), cancelled.token()).error().code, ErrorCode::Cancelled);

    ProcessSpec missing;
    missing.command = "/nonexistent/program";
    EXPECT_EQ(runProcess(missing, {}).error().code, ErrorCode::NotFound);
}

TEST(Process, keepsTheEndOfALongComplaint)
{
    ProcessSpec spec = shell("i=0; while [ $i -lt 500 ]; do echo complaint $i >&2; i=$((i+1)); done");
    spec.maxErrorText = 100;
    const auto result = runProcess(spec, {});
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->errorText.size(), 100U);
    EXPECT_EQ(result->lastErrorLine, "complaint 499");
}
