#!/usr/bin/env bash
# write_manual.sh BELLOWS SHARE [--gzip]: the pages for `man` and what shells complete by, below SHARE, as the program prints them; prints
# the names of what it wrote.
set -euo pipefail
bellows=$1 share=$2 compress=${3:-}

# put NAME ARGUMENT...: what `bellows ARGUMENT...` prints.
put() {
    mkdir -p "$(dirname "$share/$1")"
    "$bellows" "${@:2}" >"$share/$1"
    if [[ -n $compress && $1 == man/* ]]; then
        gzip -9nf "$share/$1"
        echo "$1.gz"
    else
        echo "$1"
    fi
}

put man/man1/bellows.1 help --as man
commands=$("$bellows" help --as markdown | sed -n 's/^## bellows //p')
while read -r command; do
    # shellcheck disable=SC2086 # one or two words
    put "man/man1/bellows-${command// /-}.1" help $command --as man
done <<<"$commands"
put bash-completion/completions/bellows completion bash
put zsh/site-functions/_bellows completion zsh
put fish/vendor_completions.d/bellows.fish completion fish
