#include "tests/widgets/fake_engine.h"

namespace fairway::test {

FakeEngine::FakeEngine()
    : writeService(routeService, contextService)
{
}

FakeEngine::~FakeEngine() = default;

} // namespace fairway::test
