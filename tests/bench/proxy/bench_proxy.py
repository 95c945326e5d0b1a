#!/usr/bin/python3
"""CPU per request of the built-in proxy beside nginx, haproxy and a null relay (epoll, parses nothing: the floor).

  bench_proxy.py --bin build/release/bin [--rounds 5] [--seconds 3] [--connections 64] [--scenario keepalive|close|big]

Every proxy has one worker and listens on 127.0.0.1; one nginx serves behind all of them; wrk drives them in turn, the order
rotating from round to round, so that whatever else the machine does hits all alike. CPU is the time on a processor
(/proc/PID/task/*/schedstat) of the proxy's processes over completed requests. Ratios are medians of the rounds' ratios.
Goal: at most midway between the null relay and the better peer. Exit 1 above it, 77 when a tool is missing.
"""
import argparse
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

NGINX_HEAD = """daemon off; worker_processes 1; pid {dir}/{name}.pid; error_log {dir}/{name}.err crit; {user}
events {{ worker_connections 8192; multi_accept on; }}
http {{ access_log off; server_tokens off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 1000000000;
 client_body_temp_path {dir}/b_{name}; proxy_temp_path {dir}/p_{name}; fastcgi_temp_path {dir}/f_{name};
 uwsgi_temp_path {dir}/u_{name}; scgi_temp_path {dir}/s_{name}; default_type text/plain;
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def write(path, text):
    with open(path, "w") as f:
        f.write(text)
    return path


def nginx(folder, name, rest):
    user = "user root;" if os.geteuid() == 0 else ""
    head = NGINX_HEAD.format(dir=folder, name=name, user=user)
    return ["nginx", "-p", folder, "-e", f"{folder}/{name}.err", "-c", write(f"{folder}/{name}.conf", head + rest + "\n}\n")]


def upstream(folder, port):
    body = "x" * 127 + "\\n"
    return nginx(folder, "upstream", f'server {{ listen 127.0.0.1:{port} reuseport backlog=4096; '
                 f'location = /small {{ return 200 "{body}"; }} location = /big {{ root {folder}; }} }}')


def nginx_proxy(folder, port, up):
    return nginx(folder, "proxy", f'upstream u {{ server 127.0.0.1:{up}; keepalive 256; keepalive_requests 1000000000; }} '
                 f'server {{ listen 127.0.0.1:{port} backlog=4096; location / {{ proxy_pass http://u; proxy_http_version 1.1; '
                 'proxy_set_header Connection ""; proxy_max_temp_file_size 0; proxy_buffer_size 16k; proxy_buffers 8 32k; } }')


def haproxy(folder, port, up):
    return ["haproxy", "-db", "-q", "-f", write(f"{folder}/haproxy.cfg", f"""global
 nbthread 1
 maxconn 5000
defaults
 mode http
 timeout connect 5s
 timeout client 600s
 timeout server 600s
 timeout http-keep-alive 600s
 http-reuse always
 option splice-auto
frontend f
 bind 127.0.0.1:{port} backlog 4096
 default_backend b
backend b
 server a 127.0.0.1:{up}
""")]


def tree(pid):
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                todo += [int(x) for x in open(f"/proc/{one}/task/{task}/children").read().split()]
        except OSError:
            pass
    return found


def cpu_seconds(pid):
    total = 0
    for one in tree(pid):
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                total += int(open(f"/proc/{one}/task/{task}/schedstat").read().split()[0])
        except OSError:
            pass
    return total / 1e9


def wait_for(port, process):
    deadline = time.time() + 10
    while time.time() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 0.5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"{process.args[0]} did not come up")


def drive(port, arguments, seconds):
    path, connections, extra = {"keepalive": ("/small", arguments.connections, []), "big": ("/big", 8, []),
                                "close": ("/small", 32, ["-H", "Connection: close"])}[arguments.scenario]
    out = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", *extra, f"http://127.0.0.1:{port}{path}"],
                         capture_output=True, text=True, timeout=seconds + 60).stdout
    requests = int(re.search(r"(\d+) requests in", out)[1])
    bad = sum(int(x) for x in re.findall(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", out) for x in x)
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return requests, bad + (int(wrong[1]) if wrong else 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/release/bin")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--scenario", choices=("keepalive", "close", "big"), default="keepalive")
    arguments = parser.parse_args()
    missing = [tool for tool in ("nginx", "haproxy", "wrk") if not shutil.which(tool)]
    if missing:
        print("SKIPPED: not installed:", ", ".join(missing))
        return 77
    folder = tempfile.mkdtemp(prefix="bench_proxy")
    os.chmod(folder, 0o755)
    with open(f"{folder}/big", "wb") as f:
        f.write(os.urandom(1 << 20))
    up = free_port()
    ports = {name: free_port() for name in ("relay", "nginx", "haproxy", "fairway")}
    commands = {
        "relay": [f"{arguments.bin}/bench_null_relay", str(ports["relay"]), str(up)],
        "nginx": nginx_proxy(folder, ports["nginx"], up),
        "haproxy": haproxy(folder, ports["haproxy"], up),
        "fairway": [f"{arguments.bin}/fairwayctl", "proxy", "run", "--workers", "1", "--listen", f"127.0.0.1:{ports['fairway']}", "--upstream", f"127.0.0.1:{up}"],
    }
    processes = []
    try:
        def start(command, port):
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
            processes.append(process)
            wait_for(port, process)
            return process
        start(upstream(folder, up), up)
        running = {name: start(command, ports[name]) for name, command in commands.items()}
        names = list(running)
        micros = {name: [] for name in names}
        rates = {name: [] for name in names}
        errors = dict.fromkeys(names, 0)
        for name in names:
            drive(ports[name], arguments, 1)
        for turn in range(arguments.rounds):
            for name in names[turn % len(names):] + names[:turn % len(names)]:
                before = cpu_seconds(running[name].pid)
                requests, bad = drive(ports[name], arguments, arguments.seconds)
                micros[name].append((cpu_seconds(running[name].pid) - before) * 1e6 / max(requests, 1))
                rates[name].append(requests / arguments.seconds)
                errors[name] += bad
        median = {name: statistics.median(values) for name, values in micros.items()}
        better = min(("nginx", "haproxy"), key=median.get)
        print(f"scenario {arguments.scenario}, {arguments.rounds} rounds of {arguments.seconds} s")
        print(f"{'':10}{'CPU us/request':>16}{'(min - max)':>18}{'requests/s':>12}{'errors':>8}{'of ' + better:>14}")
        ratio = {name: statistics.median(a / b for a, b in zip(micros[name], micros[better])) for name in names}
        for name in names:
            print(f"{name:10}{median[name]:16.2f}{f'{min(micros[name]):.2f} - {max(micros[name]):.2f}':>18}"
                  f"{statistics.median(rates[name]):12.0f}{errors[name]:8}{ratio[name]:14.2f}")
        goal = (1 + ratio["relay"]) / 2
        verdict = "met" if ratio["fairway"] <= goal else "MISSED"
        print(f"goal: at most {goal:.2f} of {better} (midway to the null relay): {ratio['fairway']:.2f}, {verdict}")
        return 0 if verdict == "met" and not errors["fairway"] else 1
    finally:
        for process in processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
