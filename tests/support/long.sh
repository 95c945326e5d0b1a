# shellcheck shell=bash disable=SC2154
# What `./test --long` adds; sourced by it, so it shares its counters and says what it measures.

long_step() { # NAME COMMAND...
  local name=$1 log
  shift
  log=$logs/long-${name// /-}.log
  say "$name"
  if "$@" >"$log" 2>&1; then
    passed=$((passed + 1))
    tail -n 5 "$log"
  else
    failed=$((failed + 1))
    broken+=("$name: $log")
    tail -n 20 "$log"
  fi
}

fuzz_long() { # TARGET SECONDS
  local found=build/fuzz/found-long/$1
  mkdir -p "$found"
  "build/fuzz/bin/$1" -max_total_time="$2" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 "$found" "tests/fuzz/corpus/${1#fuzz_}"
}

build_preset fuzz --target fuzz_tests
for target in build/fuzz/bin/fuzz_*; do
  [ ! -x "$target" ] || long_step "long fuzzing of $(basename "$target")" fuzz_long "$(basename "$target")" "${FAIRWAY_FUZZ_SECONDS:-600}"
done

# Everything threaded again and again: what fails once in fifty runs fails here.
long_step "threaded tests fifty times" ctest --preset tsan --repeat until-fail:50 --timeout 600

if need package-test "the Debian package on a clean root"; then
  long_step "Debian package" packaging/test-deb.sh
fi

if need bench "comparisons with other proxies" && build_preset release --target fairway fairwayctl bench_tools; then
  for bench in tests/bench/*/bench_*.py; do
    long_step "$(basename "$bench" .py)" "$bench" --bin build/release/bin
  done
fi
