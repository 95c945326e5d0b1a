#!/bin/sh
# Brings translations/*.ts up to date with the source: new strings come in unfinished, gone ones go.
#   translations/update.sh [FILE.ts]        LUPDATE names the program; else Debian's of Qt 6
set -eu
cd "$(dirname "$0")/.."
# phrase() of core/base/text.h marks a sentence below the engine, where there is no Qt. lupdate of Qt 6.4 complains of every class it
# knows by a nested namespace; none of it matters here.
"${LUPDATE:-/usr/lib/qt6/bin/lupdate}" -silent -no-obsolete -locations none -tr-function-alias QT_TRANSLATE_NOOP+=phrase \
    app/fairway widgets core -ts "${1:-translations/fairway_zh_CN.ts}" 2>/dev/null || { echo "lupdate failed" >&2; exit 1; }
