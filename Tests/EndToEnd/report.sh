#!/usr/bin/env bash
# Opens the report in headless Chromium, on a desktop and a phone, light and dark: no message in the console, nothing wider
# than the window, every drawing with a text, enough contrast. Leaves a screenshot of each.
# usage: report.sh FOLDER_WITH_THE_COMMANDS [--screenshots FOLDER] [--require-chromium] [report.json ...]
# Without a report.json it takes the samples of the tests and a crowded one made of them: 40 students, 200 types, long names.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || { sed -n 2,5p "$0"; exit 64; }
bin=$(cd "$1" && pwd)
shift
screenshots='' is_required='' reports=()
while [ $# -gt 0 ]; do
  case $1 in
    --screenshots) mkdir -p "$2"; screenshots=$(cd "$2" && pwd); shift ;;
    --require-chromium) is_required=yes ;;
    *) reports+=("$(realpath "$1")") ;;
  esac
  shift
done
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$browser" ]; then
  echo "report: chromium is missing, the page was not opened (on Debian: apt-get install chromium)" >&2
  [ -z "$is_required" ]
  exit
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() { echo "report: $1" >&2; exit 1; }

if [ ${#reports[@]} -eq 0 ]; then
  cp "$here/../StudentComparisonTests/Fixtures/report.json" sample.json
  python3 "$here/crowded_report.py" sample.json > crowded.json
  cp "$here/../StudentComparisonTests/Fixtures/ablation.json" ablation.json
  mkdir run-crowded
  cp ablation.json run-crowded
  reports=(sample.json crowded.json ablation.json)
fi

# browse PAGE WIDTH HEIGHT DARK ARGUMENT...: the browser on a page; windows narrower than 500 pixels are not to be had
browse() {
  local page=$1 width=$(($2 < 500 ? 500 : $2)) height=$3 dark=$4
  shift 4
  timeout 120 "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/profile" \
    --enable-logging=stderr --window-size="$width,$height" ${dark:+--blink-settings=preferredColorScheme=0} \
    "$@" "file://$page" 2> console.txt
}

# look NAME WIDTH DARK: checks the page NAME.html in a frame of that width
look() {
  local name=$1 width=$2 dark=$3 view
  view=$name-$([ "$width" -lt 500 ] && echo phone || echo desktop)${dark:+-dark}
  python3 - "$name.html" "$here/report_check.js" "$width" > view.html <<'END'
import html, sys
page, check = (open(path, encoding="utf-8").read() for path in sys.argv[1:3])
page = html.escape(page.replace("</body>", f"<script>{check}</script></body>"))
print(f"""<!DOCTYPE html><meta charset="utf-8"><body style="margin:0;overflow:hidden"><pre id="said" hidden></pre>
<script>onmessage = (event) => document.getElementById("said").textContent = event.data</script>
<iframe style="border:0;display:block;width:{sys.argv[3]}px;height:30000px" srcdoc="{page}"></iframe>""")
END
  browse "$work/view.html" "$width" 1000 "$dark" --dump-dom > dom.html
  if grep 'CONSOLE' console.txt; then fail "$view: the console has messages"; fi
  python3 - "$view" dom.html "$width" "${dark:-light}" > height.txt <<'END'
import html, json, re, sys
view, path, width, light = sys.argv[1:]
said = re.search(r'<pre id="said"[^>]*>([^<]*)', open(path, encoding="utf-8").read())
told = json.loads(html.unescape(said.group(1))) if said and said.group(1) else {"faults": ["nothing was said"]}
faults = told["faults"]
if told.get("width") != int(width) or told.get("dark") != (light == "dark"):
    faults.append(f"opened as {told}")
if faults:
    sys.exit(f"report: {view}: " + "; ".join(faults))
print(min(told["height"], 16000))
END
  if [ -n "$screenshots" ]; then
    browse "$work/view.html" "$width" "$(cat height.txt)" "$dark" --screenshot="$screenshots/$view.png"
  fi
}

views=0
for report in "${reports[@]}"; do
  name=$(basename "$report" .json)
  mkdir -p "run-$name"
  cp "$report" "run-$name/$([ "$name" = ablation ] && echo ablation || echo report).json"
  "$bin/compare-students" report --run "run-$name" --format html > "$name.html"
  for width in 1200 390; do
    look "$name" "$width" ''
    look "$name" "$width" dark
    views=$((views + 2))
  done
done
echo "report: $views views without a fault${screenshots:+, their screenshots in $screenshots}"
