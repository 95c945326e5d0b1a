#include "core/base/random.h"
#include "core/value/json.h"
#include "core/value/yaml.h"
#include "core/value/yaml_key_order.h"
#include "tests/core/value/helm_oracle.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace fairway::value;

namespace {

constexpr const char *SkipReason = "NOT COMPARED WITH HELM: set FAIRWAY_HELM to a helm 4 binary (tests/support/oracles.sh installs one)";

/// Pieces that YAML has opinions about, alone and joined.
const std::vector<std::string> Pieces {"a", "b", "key", "yes", "no", "on", "Off", "y", "n", "true", "null", "~", "0", "1", "12",
    "0755", "0o17", "0x1F", "0b11", "1_000", "1e3", "1.5", "-1", "+3", ".5", "5.", ".inf", "-.Inf", ".nan", "2001-01-01",
    "2001-1-2 3:4:5", "2001-12-14T21:59:43.1Z", "12:30", "12:30:45.5", "=", "<<", "-", "--", "---", "...", "?", ":", "#", ",",
    "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", " ", "  ", "\n", "\n\n", "\t", "\r", "\\", "/",
    "\u00e9", "\u2713", "\U0001F600", "\u00a0", "\u2028", "\u2029", "\u0085", "\ufeff", "\u0001", "\u001b", "\u00df", "\u4e16",
    "word word", "a: b", "a #b", "- x", "<a&b>", "12345678901234567890", "0xFFFFFFFFFFFFFFFFFF", "123456789012345678901"};

class Generator {
public:
    explicit Generator(std::uint64_t seed)
        : m_random(seed)
    {
    }

    std::string text()
    {
        std::string out;
        for (std::uint64_t count = m_random.below(4); count > 0; --count)
            out += piece();
        if (m_random.below(60) == 0)
            out += std::string(m_random.below(200), 'x');
        return out;
    }

    Value value(unsigned depth)
    {
        switch (m_random.below(depth == 0 ? 6 : 9)) {
        case 0: return {};
        case 1: return m_random.below(2) == 0;
        case 2: return number();
        case 6: {
            Value list = Value::list();
            for (std::uint64_t count = m_random.below(4); count > 0; --count)
                list.append(value(depth - 1));
            return list;
        }
        case 7:
        case 8: {
            Value map = Value::map();
            for (std::uint64_t count = m_random.below(6); count > 0; --count)
                map.set(text(), value(depth - 1));
            return map;
        }
        default: return text();
        }
    }

    double number()
    {
        static const std::vector<double> some {0, -0.0, 1, -1, 3, 1000000, 1e20, 1e21, 1e-7, 1e-6, 0.1, 123456.5, 1234567.5,
            9007199254740993.0, 1.8446744073709552e19, 9.2e18, 1.5e300, 5e-324, 100000000, 12345678};
        return m_random.below(3) == 0 ? (m_random.unit() - 0.5) * 1e9 : some[m_random.below(some.size())];
    }

    /// YAML as people and machines get it wrong: lines of pieces with marks and indents between them.
    std::string document()
    {
        static const std::vector<std::string> joints {": ", ":\n  ", "\n", "\n  ", "\n- ", "- ", ", ", " ", "", "\n    ", ":",
            "\n? ", " #", " &a ", " *a", "\n---\n", " !!str ", " !!int ", " |\n ", " >-\n  ", "{", "}", "[", "]", "\"", "'",
            "\n  <<: *a\n", "!!binary aGk=", "\t", " &b {a: 1}\n", " &a [1]\n", "\n  - ", " !x ", "%"};
        static const std::vector<std::string> starts {"a: ", "- ", "", "k:\n  b: ", "{", "a: &a {x: 1}\nb:\n  ", "a:\n- ", "\"q\": "};
        std::string out = starts[m_random.below(starts.size())];
        for (std::uint64_t count = m_random.below(9); count > 0; --count) {
            out += piece();
            out += joints[m_random.below(joints.size())];
        }
        return out;
    }

private:
    const std::string &piece() { return Pieces[m_random.below(Pieces.size())]; }

    fairway::Random m_random;
};

/// go-yaml's order of keys runs in circles for some ("1a" < "2" < "12" < "1a"); what it prints then depends on the order in
/// which Go's map gave them, another one in each run.
bool hasOneOrder(const Value &value)
{
    if (value.isList())
        return std::all_of(value.asList().begin(), value.asList().end(), hasOneOrder);
    if (!value.isMap())
        return true;
    const auto members = inYamlOrder(value.asMap());
    for (std::size_t i = 0; i < members.size(); ++i) {
        for (std::size_t j = i + 1; j < members.size(); ++j) {
            if (isYamlKeyBefore(members[j]->first, members[i]->first))
                return false;
        }
        if (!hasOneOrder(members[i]->second))
            return false;
    }
    return true;
}

/// Counts how our reading of documents differs from helm's fromYaml.
struct Comparison {
    std::size_t maps = 0;
    std::size_t otherData = 0;
    std::size_t otherVerdict = 0; ///< One reads what the other refuses.
    std::size_t otherWords = 0;   ///< Both refuse, in other words.

    void add(const std::string &text, const std::string &answer)
    {
        const auto parsed = parseJson(answer);
        ASSERT_TRUE(parsed) << answer;
        const std::string theirs((*parsed)["Error"].stringOr());
        const bool isWrongKind = theirs.find("cannot unmarshal") != std::string::npos;
        const auto ours = parseYaml(text, {.numbers = NumberStyle::Helm});
        if (!ours) {
            compareErrors(text, "error converting YAML to JSON: " + ours.error().message, theirs, answer);
        } else if (!theirs.empty() && !isWrongKind) {
            ++otherVerdict;
            std::cout << "only helm refuses " << toJson(text) << ": " << theirs << "\n";
        } else if (ours->isMap() || !isWrongKind) {
            ++maps;
            const std::string written = ours->isNull() ? "{}" : toJson(*ours, JsonStyle::Compact, JsonEscape::Html);
            if (written != answer && ++otherData <= 20)
                ADD_FAILURE() << toJson(text) << "\n--- helm\n" << answer << "\n--- ours\n" << written;
        }
    }

private:
    void compareErrors(const std::string &text, const std::string &ours, const std::string &theirs, const std::string &answer)
    {
        if (theirs.empty() || theirs.find("cannot unmarshal") != std::string::npos) {
            ++otherVerdict;
            std::cout << "only we refuse " << toJson(text) << ": " << ours << " - helm: " << answer << "\n";
            return;
        }
        // Go prints the members of a map that is a key in an order of its own.
        for (const char *both : {"invalid map key", "unsupported map key"}) {
            if (theirs.find(both) != std::string::npos && ours.find(both) != std::string::npos)
                return;
        }
        otherWords += ours != theirs ? 1 : 0;
    }
};

} // namespace

TEST(YamlAgainstHelm, writesWhatToYamlWrites)
{
    const auto helm = HelmOracle::find();
    if (!helm)
        GTEST_SKIP() << SkipReason;
    constexpr std::uint64_t seed = 20260;
    constexpr std::size_t count = 4000;
    Generator generator(seed);
    std::vector<Value> values;
    for (const std::string &piece : Pieces) {
        values.emplace_back(piece);
        values.push_back(Value::map({{piece, Value::list({piece, Value::list({1, piece}), Value::map({{"m", piece}})})}}));
    }
    while (values.size() < count)
        values.push_back(generator.value(4));
    std::vector<std::string> texts;
    for (const Value &value : values)
        texts.push_back(toJson(Value::map({{"v", value}})));
    std::string complaint;
    const auto answers = helm->evaluate("fromJson | dig \"v\" nil | toYaml", texts, complaint);
    ASSERT_TRUE(answers) << complaint;
    std::size_t differing = 0;
    std::size_t ambiguous = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto value = parseJson(texts[i], {.numbers = NumberStyle::Helm});
        ASSERT_TRUE(value) << texts[i];
        if (!hasOneOrder(*value)) {
            ++ambiguous;
            continue;
        }
        const auto written = toYamlStrict((*value)["v"]);
        // Helm prints nothing for what Go refuses, and leaves out the last line break.
        std::string ours = written.value_or("");
        if (!ours.empty() && ours.back() == '\n')
            ours.pop_back();
        if (ours != (*answers)[i] && ++differing <= 20)
            ADD_FAILURE() << texts[i] << "\n--- helm\n" << (*answers)[i] << "\n--- ours\n" << ours;
    }
    EXPECT_EQ(differing, 0U);
    EXPECT_LE(ambiguous, count / 20);
    std::cout << ambiguous << " of " << count << " values had no one order\n";
}

TEST(YamlAgainstHelm, readsWhatFromYamlReads)
{
    const auto helm = HelmOracle::find();
    if (!helm)
        GTEST_SKIP() << SkipReason;
    constexpr std::uint64_t seed = 77;
    constexpr std::size_t count = 12000;
    Generator generator(seed);
    std::vector<std::string> texts;
    for (const std::string &piece : Pieces) {
        texts.push_back("a: " + piece);
        texts.push_back(piece + ": 1");
    }
    while (texts.size() < count)
        texts.push_back(generator.document());
    std::string complaint;
    const auto answers = helm->evaluate("fromYaml | toJson", texts, complaint);
    ASSERT_TRUE(answers) << complaint;
    Comparison comparison;
    for (std::size_t i = 0; i < texts.size(); ++i)
        comparison.add(texts[i], (*answers)[i]);
    // go-yaml and today's libyaml word some errors about damaged flow collections differently, or a line off.
    EXPECT_EQ(comparison.otherData, 0U);
    EXPECT_LE(comparison.otherVerdict, texts.size() / 500);
    EXPECT_LE(comparison.otherWords, texts.size() / 100);
    EXPECT_GT(comparison.maps, texts.size() / 10);
    std::cout << comparison.maps << " maps, " << comparison.otherVerdict << " other verdicts, " << comparison.otherWords
              << " other words in " << texts.size() << " documents\n";
}
