#include "core/route/weight_edit_yaml.h"

#include "core/base/random.h"
#include "fixtures.h"

using namespace fairway;
using namespace fairway::route;

namespace {

using Weights = std::vector<std::int64_t>;

const ObjectRef Reviews {"VirtualService", "", "reviews"};

const std::string Head = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: reviews\nspec:\n  hosts: [reviews]\n";

std::string edited(const std::string &text, const Weights &weights, const RuleRef &rule = {}, const ObjectRef &object = Reviews)
{
    const Result<std::string> got = setWeightsInText(text, object, rule, weights);
    return got ? *got : "error: " + got.error().message;
}

std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

} // namespace

TEST(WeightEdit, keepsEveryOtherByte)
{
    struct Row {
        const char *what;
        std::string before;
        std::string after; ///< Of the part below Head.
    };
    const Row rows[] = {
        {"comments, order and spacing",
            "  http:   # the rules\n  - route:\n    # stable\n    - weight:   90   # ninety\n      destination: {host: a}\n\n    - destination:\n        host: b\n      weight: 10\n",
            "  http:   # the rules\n  - route:\n    # stable\n    - weight:   75   # ninety\n      destination: {host: a}\n\n    - destination:\n        host: b\n      weight: 25\n"},
        {"flow", "  http: [{route: [{destination: {host: a}, weight: 90}, {weight: 10, destination: {host: b}}]}]\n",
            "  http: [{route: [{destination: {host: a}, weight: 75}, {weight: 25, destination: {host: b}}]}]\n"},
        {"missing key, block", "  http:\n  - route:\n    - destination:\n        host: a # A\n    - destination:\n        host: b\n      weight: 10\n",
            "  http:\n  - route:\n    - destination:\n        host: a # A\n      weight: 75\n    - destination:\n        host: b\n      weight: 25\n"},
        {"missing key, flow", "  http:\n  - route:\n    - {destination: {host: a}}\n    - {destination: {host: b}, weight: 10,}\n",
            "  http:\n  - route:\n    - {destination: {host: a}, weight: 75}\n    - {destination: {host: b}, weight: 25,}\n"},
        {"missing key at the end without a line break", "  http:\n  - route:\n    - destination: {host: a}\n      weight: 90\n    - destination: {host: b}",
            "  http:\n  - route:\n    - destination: {host: a}\n      weight: 75\n    - destination: {host: b}\n      weight: 25"},
        {"an empty weight", "  http:\n  - route:\n    - destination: {host: a}\n      weight:\n    - destination: {host: b}\n      weight: 10\n",
            "  http:\n  - route:\n    - destination: {host: a}\n      weight: 75\n    - destination: {host: b}\n      weight: 25\n"},
        {"unused anchors stay", "  http:\n  - route:\n    - &a {destination: &d {host: a}, weight: &w 90}\n    - {destination: {host: b}, weight: 10}\n",
            "  http:\n  - route:\n    - &a {destination: &d {host: a}, weight: &w 75}\n    - {destination: {host: b}, weight: 25}\n"},
        {"a weight beside a merge key wins over it", "  x: &w {weight: 90}\n  http: [{route: [{<<: *w, destination: {host: a}}, {destination: {host: b}, weight: 10}]}]\n",
            "  x: &w {weight: 90}\n  http: [{route: [{<<: *w, destination: {host: a}, weight: 75}, {destination: {host: b}, weight: 25}]}]\n"},
        {"destination by alias", "  x: &d {host: a}\n  http:\n  - route:\n    - {destination: *d, weight: 90}\n    - {destination: {host: b}, weight: 10}\n",
            "  x: &d {host: a}\n  http:\n  - route:\n    - {destination: *d, weight: 75}\n    - {destination: {host: b}, weight: 25}\n"},
        {"other number styles", "  http:\n  - route:\n    - {destination: {host: ä}, weight: 0x5A}\n    - {destination: {host: b}, weight: +10}\n",
            "  http:\n  - route:\n    - {destination: {host: ä}, weight: 75}\n    - {destination: {host: b}, weight: 25}\n"},
    };
    for (const Row &row : rows) {
        SCOPED_TRACE(row.what);
        EXPECT_EQ(edited(Head + row.before, {75, 25}), Head + row.after);
        // The same with Windows line ends.
        const auto crlf = [](const std::string &text) {
            std::string out;
            for (const char c : text)
                out += c == '\n' ? std::string("\r\n") : std::string(1, c);
            return out;
        };
        EXPECT_EQ(edited(crlf(Head + row.before), {75, 25}), crlf(Head + row.after));
    }
}

TEST(WeightEdit, findsItsObjectAmongDocuments)
{
    const std::string one = Head + "  http: [{route: [{destination: {host: a}, weight: 90}, {destination: {host: b}, weight: 10}]}]\n";
    const std::string other = replaced(one, "name: reviews", "name: ratings");
    const std::string text = "# head\n---\n" + other + "---\n# nothing\n---\n~\n---\n" + one + "...\n# tail\n";
    EXPECT_EQ(edited(text, {75, 25}), "# head\n---\n" + other + "---\n# nothing\n---\n~\n---\n"
            + replaced(replaced(one, "90", "75"), "10", "25") + "...\n# tail\n");
    EXPECT_EQ(edited(one + "---\n" + one, {75, 25}), "error: VirtualService reviews stands in the file twice: name its namespace");
    EXPECT_EQ(edited(other, {75, 25}), "error: the file holds no VirtualService reviews");
    const std::string spaced = replaced(one, "name: reviews", "name: reviews\n  namespace: shop");
    EXPECT_EQ(edited(one + "---\n" + spaced, {75, 25}, {}, {"VirtualService", "shop", "reviews"}),
        one + "---\n" + replaced(replaced(spaced, "90", "75"), "10", "25"));
}

TEST(WeightEdit, looksIntoLists)
{
    const std::string text = R"(apiVersion: v1
kind: List
items:
- apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: {name: reviews}
  spec:
    http:
    - route:
      - {destination: {host: a}, weight: 90}
      - {destination: {host: b}, weight: 10}
)";
    EXPECT_EQ(edited(text, {75, 25}), replaced(replaced(text, "90", "75"), "10}", "25}"));
}

TEST(WeightEdit, editsJson)
{
    const std::string text = R"({
	"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": "reviews"},
	"spec": {"http": [{"route": [
		{
			"destination": {"host": "a"}
		},
		{"destination": {"host": "b"}, "weight": 10}
	]}]}
})";
    EXPECT_EQ(edited(text, {75, 25}),
        replaced(replaced(text, "\"host\": \"a\"}", "\"host\": \"a\"},\n\t\t\t\"weight\": 75"), "10", "25"));
}

TEST(WeightEdit, choosesTheRule)
{
    const std::string text = Head + R"(  http:
  - match: [{sourceLabels: {a: b}}]
    route: [{destination: {host: a}, weight: 1}, {destination: {host: b}, weight: 2}]
  - route: [{destination: {host: a}, weight: 3}, {destination: {host: b}, weight: 4}]
)";
    EXPECT_EQ(edited(text, {7, 8}), replaced(replaced(text, "1}", "7}"), "2}", "8}"));
    EXPECT_EQ(edited(text, {7, 8}, {"http", 1}), replaced(replaced(text, "3}", "7}"), "4}", "8}"));
    EXPECT_EQ(edited(text, {7, 8}, {"http", 2}), "error: VirtualService reviews has no such rule with destinations");
    EXPECT_EQ(edited(text, {1, 2}), text) << "nothing to change";
}

TEST(WeightEdit, refusesWhatWouldReachTwoPlaces)
{
    struct Row {
        const char *what;
        std::string text;
        const char *message;
    };
    const Row rows[] = {
        {"rules by alias", "  x: &r [{destination: {host: a}, weight: 90}, {destination: {host: b}, weight: 10}]\n  http: [{route: *r}]\n",
            "line 8: *r stands for another place, so one change would reach two places: write it out first"},
        {"an anchor that is used", "  http:\n  - route: &r [{destination: {host: a}, weight: 90}, {destination: {host: b}, weight: 10}]\n  - route: *r\n",
            "line 8: &r is used elsewhere, so one change would reach two places: write it out first"},
        {"a weight by alias", "  x: &w 90\n  http: [{route: [{destination: {host: a}, weight: *w}, {destination: {host: b}, weight: 10}]}]\n",
            "line 8: *w stands for another place, so one change would reach two places: write it out first"},
        {"a weight of text", "  http: [{route: [{destination: {host: a}, weight: '90'}, {destination: {host: b}, weight: 10}]}]\n",
            "VirtualService reviews: http[0]: its weights can't be changed: spec.http[0].route[0].weight: weight must be a whole number, not text"},
    };
    for (const Row &row : rows) {
        SCOPED_TRACE(row.what);
        const std::string got = edited(Head + row.text, {75, 25});
        EXPECT_EQ(got.rfind("error: ", 0), 0U);
        EXPECT_NE(got.find(row.message), std::string::npos) << got;
    }
    EXPECT_EQ(edited("a: [", {1}).rfind("error: ", 0), 0U);
    EXPECT_EQ(edited("", {1}), "error: the file holds no VirtualService reviews");
}

TEST(WeightEdit, keepsTheQuotesOfAnAnnotation)
{
    const std::string text = R"(apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-weight: '15' # canary
spec: {rules: [{host: a, http: {paths: [{path: /, backend: {service: {name: b, port: {number: 80}}}}]}}]}
)";
    EXPECT_EQ(edited(text, {70, 30}, {}, {"Ingress", "", "web"}), replaced(text, "'15'", "'30'"));
    const std::string without = replaced(text, "    nginx.ingress.kubernetes.io/canary-weight: '15' # canary\n", "");
    EXPECT_EQ(edited(without, {70, 30}, {}, {"Ingress", "", "web"}),
        replaced(without, "\"true\"\n", "\"true\"\n    nginx.ingress.kubernetes.io/canary-weight: \"30\"\n"));
}

TEST(WeightEdit, anyWeightsReadBackAsWritten)
{
    Random random(5);
    const std::string text = Head + "  http:\n  - route:\n    - destination: {host: a}\n    - {destination: {host: b}, weight: 7}\n    - destination:\n        host: c\n      weight: 3\n";
    for (int round = 0; round < 300; ++round) {
        const Weights weights {static_cast<std::int64_t>(1 + random.below(2000000000)),
            static_cast<std::int64_t>(random.below(200)), static_cast<std::int64_t>(random.below(200))};
        const RouteObject route = routeOf(edited(text, weights));
        ASSERT_EQ(route.rules.at(0).weights(), weights);
    }
}
