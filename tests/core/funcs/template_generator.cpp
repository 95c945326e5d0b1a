#include "tests/core/funcs/template_generator.h"

#include <array>

namespace {

constexpr std::array Literals {R"("")", R"("a")", R"("hello world")", R"("Tab\tand \"quotes\"")", R"("two\nlines")", R"("  padded  ")",
    R"("1")", R"("1.50")", R"("0x1F")", R"("true")", R"("null")", R"("a: b")", R"("- x")", R"("#c")", R"("é中")", R"("a,b,,c")",
    R"("FooBar_baz-QUX 12ab")", R"("<&>'")", R"("-")", R"("12:30")", R"("1e3")", R"("yes")"};
constexpr std::array Verbs {"%v", "%s", "%q", "%5v|", "%-6s|", "%d", "%x", "%T", "%05d", "%.2f", "%t", "%+v", "%#v", "%e", "%g", "%c", "%U"};

} // namespace

std::string TemplateGenerator::next()
{
    m_variables = 0;
    return "{{- define \"part\" }}[{{ . }}]{{ end -}}" + body(3);
}

std::string TemplateGenerator::body(int depth)
{
    std::string out;
    for (std::size_t count = 1 + pick(4); count > 0; --count)
        out += statement(depth);
    return out;
}

std::string TemplateGenerator::statement(int depth)
{
    const char *open = pick(3) == 0 ? "{{- " : "{{ ";
    const char *close = pick(3) == 0 ? " -}}" : " }}";
    const auto action = [&](const std::string &inner) { return open + inner + close; };
    if (depth <= 0)
        return action(any(1)) + "\n";
    switch (pick(9)) {
    case 0: return "some text \n  more";
    case 1: return action("if " + any(depth - 1)) + body(depth - 1) + action("else") + body(depth - 1) + "{{ end }}";
    case 2: return action("with " + any(depth - 1)) + "{{ . }}" + body(depth - 1) + "{{ end }}";
    case 3: return action("range $i, $x := " + list(depth - 1)) + "{{ $i }}={{ $x }};" + body(depth - 1) + "{{ end }}";
    case 4: return action("range $k, $v := " + dict(depth - 1)) + "{{ $k }}={{ $v }};{{ else }}none{{ end }}";
    case 5: {
        const std::string name = "$v" + std::to_string(m_variables++);
        return action(name + " := " + any(depth - 1)) + "{{ if " + truth(depth - 1) + " }}{{ " + name + " = " + any(depth - 1)
            + " }}{{ end }}{{ " + name + " }}";
    }
    case 6: return action("include \"part\" " + any(depth - 1) + " | nindent " + std::to_string(pick(5)));
    default: return action(any(depth));
    }
}

std::string TemplateGenerator::any(int depth)
{
    switch (pick(9)) {
    case 0: return integer(depth);
    case 1: return real(depth);
    case 2: return truth(depth);
    case 3: return list(depth);
    case 4: return dict(depth);
    default: return text(depth);
    }
}

std::string TemplateGenerator::literal()
{
    return Literals[pick(Literals.size())];
}

std::string TemplateGenerator::text(int depth)
{
    if (depth <= 0)
        return literal();
    const auto inner = [&] { return text(depth - 1); };
    const auto number = [&] { return std::to_string(pick(12)); };
    switch (pick(34)) {
    case 0: return "(upper " + inner() + ")";
    case 1: return "(trunc " + std::to_string(static_cast<int>(pick(9)) - 4) + " " + inner() + ")";
    case 2: return "(quote " + any(depth - 1) + ")";
    case 3: return "(squote " + any(depth - 1) + ")";
    case 4: return "(indent " + number() + " " + inner() + ")";
    case 5: return "(trim " + inner() + ")";
    case 6: return "(replace \"a\" " + literal() + " " + inner() + ")";
    case 7: return "(toYaml " + any(depth - 1) + ")";
    case 8: return "(toJson " + any(depth - 1) + ")";
    case 9: return "(printf \"" + std::string(Verbs[pick(Verbs.size())]) + "\" " + any(depth - 1) + ")";
    case 10: return "(join " + literal() + " " + list(depth - 1) + ")";
    case 11: return "(cat " + any(depth - 1) + " " + any(depth - 1) + ")";
    case 12: return "(snakecase " + inner() + ")";
    case 13: return "(camelcase " + inner() + ")";
    case 14: return "(kebabcase " + inner() + ")";
    case 15: return "(title " + inner() + ")";
    case 16: return "(swapcase " + inner() + ")";
    case 17: return "(nospace " + inner() + ")";
    case 18: return "(initials " + inner() + ")";
    case 19: return "(sha256sum " + inner() + ")";
    case 20: return "(b64enc " + inner() + ")";
    case 21: return "(regexReplaceAll \"([a-c]+)\" " + inner() + " \"<$1>\")";
    case 22: return "(regexFind \"[a-z]+\" " + inner() + ")";
    case 23: return "(typeOf " + any(depth - 1) + ")";
    case 24: return "(kindOf " + any(depth - 1) + ")";
    case 25: return "(print " + any(depth - 1) + " " + any(depth - 1) + ")";
    case 26: return "(wrap " + number() + " " + inner() + ")";
    case 27: return "(abbrev " + number() + " " + inner() + ")";
    case 28: return "(html " + any(depth - 1) + ")";
    case 29: return "(js " + inner() + ")";
    case 30: return "(trimAll " + literal() + " " + inner() + ")";
    case 31: return "(toPrettyJson " + any(depth - 1) + ")";
    case 32: return "(default " + literal() + " " + inner() + ")";
    default: return "(untitle " + inner() + ")";
    }
}

std::string TemplateGenerator::integer(int depth)
{
    if (depth <= 0)
        return std::to_string(static_cast<int>(pick(2000)) - 1000);
    switch (pick(8)) {
    case 0: return "(add " + any(depth - 1) + " " + integer(depth - 1) + ")";
    case 1: return "(sub " + any(depth - 1) + " " + integer(depth - 1) + ")";
    case 2: return "(mul " + integer(depth - 1) + " " + any(depth - 1) + ")";
    case 3: return "(len " + list(depth - 1) + ")";
    case 4: return "(int " + any(depth - 1) + ")";
    case 5: return "(max " + integer(depth - 1) + " " + any(depth - 1) + ")";
    case 6: return "(div " + any(depth - 1) + " 7)";
    default: return "(int64 " + any(depth - 1) + ")";
    }
}

std::string TemplateGenerator::real(int depth)
{
    constexpr std::array values {"0.5", "1e6", "1.0", "123456.789", "1e21", "-2.25", "1e-7", "100000.0"};
    if (depth <= 0)
        return values[pick(values.size())];
    switch (pick(6)) {
    case 0: return "(float64 " + any(depth - 1) + ")";
    case 1: return "(floor " + real(depth - 1) + ")";
    case 2: return "(ceil " + real(depth - 1) + ")";
    case 3: return "(addf 0.1 " + integer(0) + ")";
    case 4: return "(maxf 1.5 " + any(depth - 1) + ")";
    default: return "(round 123.4567 " + std::to_string(pick(4)) + ")";
    }
}

std::string TemplateGenerator::truth(int depth)
{
    if (depth <= 0)
        return pick(2) == 0 ? "true" : "false";
    switch (pick(9)) {
    case 0: return "(not " + any(depth - 1) + ")";
    case 1: return "(empty " + any(depth - 1) + ")";
    case 2: return "(eq " + text(depth - 1) + " " + text(depth - 1) + ")";
    case 3: return "(lt " + text(depth - 1) + " " + text(depth - 1) + ")";
    case 4: return "(contains " + literal() + " " + text(depth - 1) + ")";
    case 5: return "(kindIs \"map\" " + any(depth - 1) + ")";
    case 6: return "(deepEqual " + any(depth - 1) + " " + any(depth - 1) + ")";
    case 7: return "(hasKey " + dict(depth - 1) + " \"a\")";
    default: return "(has " + any(depth - 1) + " " + list(depth - 1) + ")";
    }
}

std::string TemplateGenerator::list(int depth)
{
    if (depth <= 0)
        return "(list 1 \"a\" 2.5 nil true)";
    switch (pick(9)) {
    case 0: return "(splitList \",\" " + text(depth - 1) + ")";
    case 1: return "(until " + std::to_string(pick(5)) + ")";
    case 2: return "(reverse " + list(depth - 1) + ")";
    case 3: return "(append " + list(depth - 1) + " " + any(depth - 1) + ")";
    case 4: return "(uniq " + list(depth - 1) + ")";
    case 5: return "(sortAlpha " + list(depth - 1) + ")";
    case 6: return "(concat " + list(depth - 1) + " " + list(depth - 1) + ")";
    case 7: return "(compact " + list(depth - 1) + ")";
    default: return "(list " + any(depth - 1) + " " + any(depth - 1) + ")";
    }
}

std::string TemplateGenerator::dict(int depth)
{
    if (depth <= 0)
        return "(dict \"a\" 1 \"b\" \"x\")";
    switch (pick(6)) {
    case 0: return "(merge " + dict(depth - 1) + " " + dict(depth - 1) + ")";
    case 1: return "(mergeOverwrite " + dict(depth - 1) + " " + dict(depth - 1) + ")";
    case 2: return "(omit " + dict(depth - 1) + " \"a\")";
    case 3: return "(pick " + dict(depth - 1) + " \"a\" \"c\")";
    case 4: return "(set " + dict(depth - 1) + " \"c\" " + any(depth - 1) + ")";
    default: return "(dict \"a\" " + any(depth - 1) + " \"b\" " + any(depth - 1) + ")";
    }
}
