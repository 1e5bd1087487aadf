#!/usr/bin/env bash
# write_manual.sh BELLOWS SHARE: the pages for `man` and what shells complete by, below SHARE, as the program prints them.
set -euo pipefail
bellows=$1 share=$2
mkdir -p "$share/man/man1" "$share/bash-completion/completions" "$share/zsh/site-functions" "$share/fish/vendor_completions.d"
"$bellows" help --as man >"$share/man/man1/bellows.1"
"$bellows" help --as markdown | sed -n 's/^## bellows //p' | while read -r command; do
    # shellcheck disable=SC2086 # one or two words
    "$bellows" help $command --as man >"$share/man/man1/bellows-${command// /-}.1"
done
"$bellows" completion bash >"$share/bash-completion/completions/bellows"
"$bellows" completion zsh >"$share/zsh/site-functions/_bellows"
"$bellows" completion fish >"$share/fish/vendor_completions.d/bellows.fish"
