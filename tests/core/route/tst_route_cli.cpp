#include <gtest/gtest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

/// The command line as a user meets it: the real program on real files.
namespace {

struct Outcome {
    int exitCode = -1;
    std::string out;
};

class RouteCli : public testing::Test {
protected:
    void SetUp() override
    {
        ASSERT_NE(mkdtemp(m_folder.data()), nullptr);
        write("vs.yaml", m_virtualService);
    }

    void TearDown() override
    {
        for (const char *name : {"vs.yaml", "bad.yaml", "service.yaml", "cluster.yaml", "requests.jsonl"})
            unlink(path(name).c_str());
        rmdir(m_folder.c_str());
    }

    [[nodiscard]] std::string path(const std::string &name) const { return m_folder + "/" + name; }

    void write(const std::string &name, const std::string &text) const { std::ofstream(path(name), std::ios::binary) << text; }

    /// Standard output, or with `2>&1` in the arguments both.
    [[nodiscard]] static Outcome run(const std::string &arguments)
    {
        Outcome outcome;
        FILE *pipe = popen((std::string("'" FAIRWAYCTL "' ") + arguments).c_str(), "r");
        if (pipe == nullptr)
            return outcome;
        char buffer[4096];
        for (std::size_t got = 0; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;)
            outcome.out.append(buffer, got);
        const int status = pclose(pipe);
        outcome.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return outcome;
    }

    [[nodiscard]] static std::string replaced(std::string text, const std::string &from, const std::string &to)
    {
        const std::size_t at = text.find(from);
        return at == std::string::npos ? "not found: " + from : text.replace(at, from.size(), to);
    }

    const std::string m_virtualService = R"(# routes of the shop
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: shop}
spec:
  hosts: [reviews]
  http:
  - match: [{sourceLabels: {app: bff}}]
    route:
    - {destination: {host: reviews, subset: v1}, weight: 20}
    - {destination: {host: reviews, subset: v2}, weight: 80}
  - route:
    - destination: {host: reviews, subset: v1}
      weight: 90   # stable
    - destination: {host: reviews, subset: v2}
      weight: 10
)";

private:
    std::string m_folder = "/tmp/fairway-route-cli-XXXXXX";
};

} // namespace

TEST_F(RouteCli, weightsChangesNothingElse)
{
    const Outcome got = run("route weights -f " + path("vs.yaml") + " vs/reviews 'http[1]' v1=75 v2=25");
    EXPECT_EQ(got.exitCode, 0);
    EXPECT_EQ(got.out, replaced(replaced(m_virtualService, "weight: 90", "weight: 75"), "weight: 10", "weight: 25"));
}

TEST_F(RouteCli, editChangesOnlyTheFieldsNamed)
{
    const Outcome got = run("route edit -f " + path("vs.yaml") + " vs/reviews 'http[1]' timeout=5s");
    EXPECT_EQ(got.exitCode, 0);
    EXPECT_EQ(got.out, m_virtualService + "    timeout: 5s\n");
    const Outcome bad = run("route edit -f " + path("vs.yaml") + " vs/reviews timeout=5 2>&1");
    EXPECT_EQ(bad.exitCode, 1);
    EXPECT_EQ(bad.out, "error: " + path("vs.yaml") + ": vs/reviews: timeout: \"5\" is no duration: write 5s, 200ms or 1h30m\n");
    const Outcome fields = run("route edit -f " + path("vs.yaml") + " vs/reviews --fields");
    EXPECT_EQ(fields.exitCode, 0);
    EXPECT_NE(fields.out.find("fault.abort.percent"), std::string::npos) << fields.out;
    EXPECT_EQ(run("route edit -f " + path("vs.yaml") + " vs/reviews 2>&1").exitCode, 2);
    EXPECT_EQ(run("route edit -f " + path("vs.yaml") + " pod/reviews timeout=5s 2>&1").exitCode, 2);
}

TEST_F(RouteCli, canaryPutsARuleBefore)
{
    const Outcome got = run("route canary -f " + path("vs.yaml") + " vs/reviews 'http[1]' v2 --from-labels app=tester --name testers");
    EXPECT_EQ(got.exitCode, 0);
    EXPECT_EQ(got.out,
        replaced(m_virtualService, "  - route:\n    - destination: {host: reviews, subset: v1}\n",
            "  - match:\n    - sourceLabels:\n        app: tester\n    name: testers\n    route:\n    - destination:\n        host: reviews\n"
            "        subset: v2\n  - route:\n    - destination: {host: reviews, subset: v1}\n"));
    EXPECT_EQ(run("route canary -f " + path("vs.yaml") + " vs/reviews v2 2>&1").exitCode, 2) << "nobody gets it";
    EXPECT_EQ(run("route canary -f " + path("vs.yaml") + " vs/reviews v2 --header x --cookie y 2>&1").exitCode, 2);
    EXPECT_EQ(run("route canary -f " + path("vs.yaml") + " vs/reviews v9 --header x 2>&1").exitCode, 1);
}

TEST_F(RouteCli, checkMendsFilesAndSaysWhatIsLeft)
{
    const std::string odd = m_virtualService + R"(---
# another
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - route:
    - {destination: {host: cart, subset: v1}, weight: 3}   # three of four
    - {destination: {host: cart, subset: v2}, weight: 1}
    mirror: {host: shadow}
    mirrorPercent: 10
  - match: [{uri: {exact: /late}}]
    route: [{destination: {host: cart}}]
)";
    const std::string mended = replaced(replaced(replaced(odd, "weight: 3}", "weight: 75}"), "subset: v2}, weight: 1}", "subset: v2}, weight: 25}"),
        "    mirrorPercent: 10\n", "    mirrorPercentage:\n      value: 10\n");
    const auto content = [this] {
        std::ifstream in(path("vs.yaml"), std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    write("vs.yaml", odd);
    ASSERT_EQ(chmod(path("vs.yaml").c_str(), 0640), 0);
    const Outcome shown = run("route check -f " + path("vs.yaml") + " --fix --dry-run 2>&1");
    EXPECT_NE(shown.out.find("-    mirrorPercent: 10\n+    mirrorPercentage:\n+      value: 10\n"), std::string::npos) << shown.out;
    EXPECT_NE(shown.out.find("2 can be mended; nothing was written"), std::string::npos) << shown.out;
    EXPECT_EQ(content(), odd);

    const Outcome first = run("route check -f " + path("vs.yaml") + " --fix 2>&1");
    EXPECT_EQ(first.exitCode, 0) << first.out;
    EXPECT_EQ(content(), mended);
    EXPECT_NE(first.out.find("mended   VirtualService shop/cart   FW0004    spec.http[0]"), std::string::npos) << first.out;
    EXPECT_NE(first.out.find("left     VirtualService shop/cart   IST0130   spec.http[1]"), std::string::npos) << first.out;
    EXPECT_NE(first.out.find("only you know whether the rule should go or stand earlier"), std::string::npos) << first.out;
    EXPECT_NE(first.out.find("2 mended in 1 files"), std::string::npos) << first.out;
    struct stat info {};
    ASSERT_EQ(stat(path("vs.yaml").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777U, 0640U);

    const Outcome second = run("route check -f " + path("vs.yaml") + " --fix -o json 2>/dev/null");
    EXPECT_NE(second.out.find("\"mended\": []"), std::string::npos) << second.out;
    EXPECT_EQ(content(), mended);
    EXPECT_EQ(run("route check -f - --fix 2>&1").exitCode, 2);
    EXPECT_EQ(run("route check --live --fix 2>&1").exitCode, 2);
    EXPECT_EQ(run("route check -f " + path("vs.yaml") + " --dry-run 2>&1").exitCode, 2);
    EXPECT_NE(run("route check -f " + path("vs.yaml") + " -f " + path("vs.yaml") + " --fix 2>&1").exitCode, 2);
    EXPECT_EQ(content(), mended);
}

TEST_F(RouteCli, graphDrawsRoutes)
{
    const Outcome dot = run("route graph -f " + path("vs.yaml") + " -o dot");
    EXPECT_EQ(dot.exitCode, 0);
    EXPECT_EQ(dot.out.find("digraph mesh {"), 0U) << dot.out;
    EXPECT_NE(dot.out.find("label=\"90 %\""), std::string::npos) << dot.out;
    const Outcome json = run("route graph -f " + path("vs.yaml") + " -o json");
    EXPECT_NE(json.out.find("\"object\": \"VirtualService/shop/reviews\""), std::string::npos) << json.out;
    EXPECT_EQ(run("route graph -f " + path("vs.yaml") + " --filter nobody 2>&1").out, "error: no route fits the filter\n");
    EXPECT_EQ(run("route graph -f " + path("vs.yaml") + " -o png 2>&1").exitCode, 2);
    EXPECT_EQ(run("route graph 2>&1").exitCode, 2);
}

TEST_F(RouteCli, errorsAreOneLineThatNamesTheInput)
{
    const Outcome unknown = run("route weights -f " + path("vs.yaml") + " vs/reviews v9=1 2>&1");
    EXPECT_EQ(unknown.exitCode, 1);
    EXPECT_EQ(unknown.out,
        "error: " + path("vs.yaml") + ": VirtualService shop/reviews http[0]: no destination \"v9\"; there are v1, v2\n");
    EXPECT_EQ(run("route weights -f " + path("vs.yaml") + " pod/reviews v1=1 2>&1").exitCode, 2);
    EXPECT_EQ(run("route weights -f " + path("vs.yaml") + " vs/reviews 2>&1").exitCode, 2);
    EXPECT_EQ(run("rehearse -f " + path("vs.yaml") + " --duration soon 2>&1").exitCode, 2);
    EXPECT_EQ(run("rehearse -f " + path("missing.yaml") + " 2>&1").exitCode, 1);
}

TEST_F(RouteCli, checkFailsOnAnError)
{
    EXPECT_EQ(run("route check -f " + path("vs.yaml") + " -o json").out, "[]\n");
    write("bad.yaml", replaced(replaced(m_virtualService, "weight: 20", "weight: 0"), "weight: 80", "weight: 0"));
    const Outcome got = run("route check -f " + path("bad.yaml") + " -o json");
    EXPECT_EQ(got.exitCode, 1);
    EXPECT_NE(got.out.find("\"code\": \"FW0002\""), std::string::npos) << got.out;
    EXPECT_NE(got.out.find("\"path\": \"spec.http[0]\""), std::string::npos);
}

TEST_F(RouteCli, resolvesRequestsLineByLine)
{
    write("requests.jsonl", "{\"id\": 1, \"authority\": \"reviews\", \"path\": \"/a?b=c\", \"port\": 80}\n\n"
                            "{\"id\": 2, \"authority\": \"reviews\", \"port\": \"x\"}\n{\"id\": 3, \"authority\": \"nobody\", \"port\": 80}\n[]\n");
    write("service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: reviews, namespace: shop}\n"
                          "spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 80}]}\n");
    const std::string command = "route resolve -f " + path("vs.yaml") + " -f " + path("service.yaml") + " --from-namespace shop --from-labels app=";
    const std::string input = " < " + path("requests.jsonl");
    const Outcome plain = run(command + "web" + input);
    EXPECT_EQ(plain.exitCode, 1) << "one line is no request";
    EXPECT_EQ(std::count(plain.out.begin(), plain.out.end(), '\n'), 4) << plain.out;
    EXPECT_NE(plain.out.find("\"rule\":\"VirtualService shop/reviews http[1]\""), std::string::npos) << plain.out;
    EXPECT_NE(plain.out.find("\"outcome\":\"passthrough\""), std::string::npos) << plain.out;
    EXPECT_NE(plain.out.find("\"error\":\"a request must be a JSON object\""), std::string::npos) << plain.out;
    EXPECT_NE(plain.out.find("\"error\":\"port must be a whole number\""), std::string::npos) << plain.out;
    const Outcome explained = run(command + "bff --explain" + input);
    EXPECT_NE(explained.out.find("\"rule\":\"VirtualService shop/reviews http[0]\""), std::string::npos) << explained.out;
    EXPECT_NE(explained.out.find("\"tried\":["), std::string::npos) << explained.out;
    const Outcome pasted = run(command + "bff --request 'curl -H \"x: y\" http://reviews/a'");
    EXPECT_NE(pasted.out.find("\"rule\":\"VirtualService shop/reviews http[0]\""), std::string::npos) << pasted.out;
    EXPECT_EQ(run(command + "bff --request 'curl -H' 2>&1").out, "error: --request: -H needs a value\n");
    EXPECT_EQ(run("route resolve -f " + path("vs.yaml") + " --at nowhere 2>&1" + input).exitCode, 2);
    EXPECT_EQ(run("route resolve -f " + path("vs.yaml") + " --at gateway/a/b 2>&1" + input).exitCode, 1);
}

TEST_F(RouteCli, resolveTellsOfPodsAndWhoSentALoggedRequest)
{
    write("cluster.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: reviews, namespace: shop}\n"
                          "spec: {clusterIP: 10.0.0.1, selector: {app: reviews}, ports: [{name: http, port: 80, targetPort: 8080}]}\n---\n"
                          "apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: reviews, namespace: shop}\n"
                          "spec: {host: reviews, subsets: [{name: v1, labels: {version: v1}}]}\n---\n"
                          "apiVersion: v1\nkind: Pod\nmetadata: {name: reviews-1, namespace: shop, labels: {app: reviews, version: v1}}\n"
                          "status: {podIP: 10.1.0.5, phase: Running, conditions: [{type: Ready, status: 'True'}]}\n---\n"
                          "apiVersion: v1\nkind: Pod\nmetadata: {name: bff-1, namespace: shop, labels: {app: bff}}\nstatus: {podIP: 10.1.0.9, phase: Running}\n");
    const std::string line = "'[x] \"GET /api/1 HTTP/1.1\" 503 UF via_upstream - \"-\" 0 3 1 1 \"-\" \"curl/8\" \"id\" \"reviews\" \"10.1.0.5:8080\" "
                             "outbound|80|v1|reviews.shop.svc.cluster.local 10.1.0.9:33 10.0.0.1:80 10.1.0.9:44 - default'";
    const Outcome got = run("route resolve -f " + path("vs.yaml") + " -f " + path("cluster.yaml") + " --request " + line + " 2>&1");
    EXPECT_EQ(got.exitCode, 0) << got.out;
    EXPECT_NE(got.out.find("note: the client of the line is pod shop/bff-1"), std::string::npos) << got.out;
    EXPECT_NE(got.out.find("note: the log's UF: the connection to the endpoint failed"), std::string::npos) << got.out;
    EXPECT_NE(got.out.find("note: the log agrees: it was sent to reviews.shop.svc.cluster.local:80 v1"), std::string::npos) << got.out;
    EXPECT_NE(got.out.find("\"rule\":\"VirtualService shop/reviews http[0]\""), std::string::npos) << "its labels decide: " << got.out;
    EXPECT_NE(got.out.find("{\"address\":\"10.1.0.5:8080\",\"pod\":\"shop/reviews-1\",\"ready\":true}"), std::string::npos) << got.out;
    EXPECT_NE(got.out.find("\"problem\":\"no subset v2 in DestinationRule shop/reviews\""), std::string::npos) << got.out;
}

TEST_F(RouteCli, checkNamesTheFieldIstioWouldRefuse)
{
    write("bad.yaml", replaced(m_virtualService, "  - match:", "  - timeout: soon\n    match:"));
    const Outcome got = run("route check -f " + path("bad.yaml") + " -o json");
    EXPECT_EQ(got.exitCode, 1);
    EXPECT_NE(got.out.find("\"code\": \"IST0106\""), std::string::npos) << got.out;
}

TEST_F(RouteCli, checkTellsOverlapsOnlyWhenAsked)
{
    write("bad.yaml", replaced(m_virtualService, "  - match: [{sourceLabels: {app: bff}}]\n", "  - match: [{headers: {x-a: {exact: b}}}]\n")
            + "  - match: [{uri: {prefix: /never}}]\n    route: [{destination: {host: reviews}}]\n");
    write("service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: reviews, namespace: shop}\n"
                          "spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 80}]}\n---\n"
                          "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: cart, namespace: shop}\n"
                          "spec:\n  hosts: [cart.example]\n  http:\n  - match: [{uri: {prefix: /a}}]\n    route: [{destination: {host: reviews}}]\n"
                          "  - match: [{uri: {prefix: /a/b}}]\n    route: [{destination: {host: reviews}}]\n"
                          "  - match: [{headers: {x-c: {exact: d}}}]\n    route: [{destination: {host: reviews}}]\n---\n"
                          "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: cart, namespace: shop}\n"
                          "spec: {hosts: [cart.example], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}\n");
    const Outcome plain = run("route check -f " + path("service.yaml") + " -o json");
    EXPECT_EQ(plain.out.find("FW003"), std::string::npos) << plain.out;
    const Outcome asked = run("route check --overlaps -f " + path("service.yaml") + " -o json");
    EXPECT_NE(asked.out.find("\"code\": \"FW0030\""), std::string::npos) << asked.out;
    EXPECT_NE(asked.out.find("VirtualService shop/cart http[1] never runs"), std::string::npos) << asked.out;
    EXPECT_NE(asked.out.find("\"code\": \"FW0032\""), std::string::npos) << "a path and a header: both may come in one request";
    EXPECT_EQ(run("route check 2>&1").exitCode, 2);
    const Outcome unreachable = run("--kubeconfig " + path("vs.yaml") + " route check --live 2>&1");
    EXPECT_EQ(unreachable.exitCode, 1);
    EXPECT_EQ(std::count(unreachable.out.begin(), unreachable.out.end(), '\n'), 1) << unreachable.out;
}

TEST_F(RouteCli, rehearsalPlaysEveryRule)
{
    write("vs.yaml", "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: reviews, namespace: shop}\nspec:\n  hosts: [reviews]\n  http:\n"
                     "  - match: [{uri: {prefix: /old}}]\n    redirect: {uri: /new}\n"
                     "  - match: [{headers: {x-a: {exact: b}}, method: {exact: POST}}]\n    rewrite: {uri: /rewritten}\n    route: [{destination: {host: reviews, subset: v2}}]\n"
                     "  - match: [{uri: {prefix: /old/never}}]\n    route: [{destination: {host: reviews}}]\n"
                     "  - route:\n    - {destination: {host: reviews, subset: v1}, weight: 75}\n    - {destination: {host: reviews, subset: v2}, weight: 25}\n");
    write("service.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: reviews, namespace: shop}\n"
                          "spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 80}]}\n");
    const Outcome got = run("rehearse --all-rules -f " + path("vs.yaml") + " -f " + path("service.yaml") + " --requests 400 --split exact -o json 2>/dev/null");
    EXPECT_EQ(got.exitCode, 1) << "one rule never runs";
    EXPECT_NE(got.out.find("\"ownAnswers\": 400"), std::string::npos) << got.out;
    EXPECT_NE(got.out.find("POST http://reviews"), std::string::npos) << got.out;
    EXPECT_NE(got.out.find("\"takenBy\": \"VirtualService shop/reviews http[0]\""), std::string::npos) << got.out;
    EXPECT_NE(got.out.find("\"requests\": 300"), std::string::npos) << got.out;
    EXPECT_NE(got.out.find("\"requests\": 100"), std::string::npos) << got.out;
    EXPECT_NE(got.out.find("\"verdict\": \"matches\""), std::string::npos) << got.out;
    const Outcome nothing = run("rehearse --all-rules --at ingress/nginx -f " + path("vs.yaml") + " -f " + path("service.yaml") + " 2>&1");
    EXPECT_EQ(nothing.exitCode, 1) << "a rehearsal of nothing is none";
    EXPECT_NE(nothing.out.find("error: no rule of the routes was played at ingress/nginx"), std::string::npos) << nothing.out;
}

TEST_F(RouteCli, rehearsalTakesTheRuleOfItsOrigin)
{
    const Outcome plain = run("rehearse -f " + path("vs.yaml") + " --requests 1200 --split exact -o json");
    EXPECT_EQ(plain.exitCode, 0);
    EXPECT_NE(plain.out.find("\"rule\": \"VirtualService shop/reviews http[1]\""), std::string::npos) << plain.out;
    EXPECT_NE(plain.out.find("\"requests\": 1080"), std::string::npos) << plain.out;
    EXPECT_NE(plain.out.find("\"verdict\": \"matches\""), std::string::npos);
    const Outcome labelled = run("rehearse -f " + path("vs.yaml") + " --requests 1200 --split exact --from-labels app=bff -o json");
    EXPECT_NE(labelled.out.find("\"requests\": 240"), std::string::npos) << labelled.out;
    EXPECT_NE(labelled.out.find("http[0]"), std::string::npos);
}
