#include "core/base/late_library.h"

#include <gtest/gtest.h>

#include <math.h>

#include <thread>
#include <vector>

using namespace fairway;

extern "C" int fairwayNoSuchFunction(int);

namespace {

#define MATH_FUNCTIONS(F) F(j0) F(jn) F(exp10)
struct Math {
    static constexpr LateLibraryName name {"libm.so.6", "libc6"};
    FAIRWAY_LATE_FUNCTIONS(MATH_FUNCTIONS)
};

#define NO_FUNCTIONS(F) F(j0)
struct NoLibrary {
    static constexpr LateLibraryName name {"libfairway-no-such.so.7", "libfairway-no-such7"};
    FAIRWAY_LATE_FUNCTIONS(NO_FUNCTIONS)
};

#define OLD_FUNCTIONS(F) F(j0) F(fairwayNoSuchFunction) F(jn)
struct OldLibrary {
    static constexpr LateLibraryName name {"libm.so.6", "libc6"};
    FAIRWAY_LATE_FUNCTIONS(OLD_FUNCTIONS)
};

struct RacedMath : Math {
};

} // namespace

TEST(LateLibrary, functionsAreFoundWithTheirTypes)
{
    const auto math = LateLibrary<Math>::load();
    ASSERT_TRUE(math.has_value()) << math.error().message;
    EXPECT_DOUBLE_EQ((*math)->j0(0), 1);
    EXPECT_DOUBLE_EQ((*math)->jn(1, 0), 0);
    EXPECT_DOUBLE_EQ((*math)->exp10(3), 1000);
    EXPECT_EQ(&LateLibrary<Math>::get(), *math);
}

TEST(LateLibrary, aMissingLibraryIsNamedWithItsPackageEachTime)
{
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto library = LateLibrary<NoLibrary>::load();
        ASSERT_FALSE(library.has_value());
        EXPECT_EQ(library.error().code, ErrorCode::Unsupported);
        EXPECT_EQ(library.error().message,
            "libfairway-no-such.so.7: cannot open shared object file: No such file or directory; install the package libfairway-no-such7");
    }
}

TEST(LateLibrary, aLibraryWithoutOneOfTheFunctionsIsTooOld)
{
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto library = LateLibrary<OldLibrary>::load();
        ASSERT_FALSE(library.has_value());
        EXPECT_EQ(library.error().code, ErrorCode::Unsupported);
        EXPECT_NE(library.error().message.find("undefined symbol: fairwayNoSuchFunction"), std::string::npos) << library.error().message;
        EXPECT_NE(library.error().message.find("a newer version of the package libc6 is needed"), std::string::npos);
    }
}

TEST(LateLibrary, threadsThatNeedItAtOnceGetTheSameWholeTable)
{
    std::vector<const RacedMath *> tables(8);
    std::vector<double> values(tables.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        threads.emplace_back([&, i] {
            if (const auto math = LateLibrary<RacedMath>::load(); math) {
                tables[i] = *math;
                values[i] = (*math)->exp10(2);
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    for (std::size_t i = 0; i < tables.size(); ++i) {
        EXPECT_NE(tables[i], nullptr);
        EXPECT_EQ(tables[i], tables.front());
        EXPECT_DOUBLE_EQ(values[i], 100);
    }
}
