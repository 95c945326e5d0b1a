#include "core/funcs/helm_functions.h"

namespace fairway::funcs {

void registerSprig(FunctionMap &, FunctionContext &) { }
void registerHelm(FunctionMap &functions, HelmContext &context)
{
    registerSprig(functions, context.base);
}

} // namespace fairway::funcs
