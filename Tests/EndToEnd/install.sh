#!/usr/bin/env bash
# Installs into a folder of its own, looks at what is there, and takes it away again.
# usage: install.sh    in the package's folder, after `make build`
set -euo pipefail
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
fail() { echo "install: $1" >&2; exit 1; }

make --no-print-directory install DESTDIR="$root" PREFIX=/opt/here > "$root/log" 2>&1 || fail "$(tail "$root/log")"
rm "$root/log"
cd "$root/opt/here"
for command in augment distill-bilstm compare-students; do
  "bin/$command" --help > /dev/null || fail "bin/$command does not run"
  ! ldd "bin/$command" | grep -q libswift || fail "bin/$command needs a Swift toolchain where it runs"
  for file in "share/bash-completion/completions/$command" "share/zsh/site-functions/_$command" \
    "share/fish/vendor_completions.d/$command.fish" "share/man/man1/$command.1"; do
    grep -q -- "$command" "$file" || fail "no $command in $file"
  done
  bash -n "share/bash-completion/completions/$command" || fail "bash cannot read the completions of $command"
done
grep -q 'Fl -teacher' share/man/man1/distill-bilstm.train.1 || fail "no page for distill-bilstm train"
cd "$OLDPWD"
make --no-print-directory uninstall DESTDIR="$root" PREFIX=/opt/here > /dev/null
left=$(find "$root" ! -type d)
[ -z "$left" ] || fail "uninstall left $left"
echo "install: done and undone"
