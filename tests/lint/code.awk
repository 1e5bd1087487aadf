# code.awk - C sources without comments and without the insides of strings, a line a line: FILE:LINE:CODE.
#
# A comment `/* lint: NAME - reason */` becomes ` @NAME `, which is how a line excuses itself from a rule.
# With -v strings=1 the insides of strings are kept.

FNR == 1 { inside = 0 }

{
    rest = $0
    code = ""
    while (rest != "") {
        if (inside) {
            at = index(rest, "*/")
            if (at == 0) {
                break
            }
            rest = substr(rest, at + 2)
            inside = 0
        } else if (substr(rest, 1, 2) == "//") {
            break
        } else if (substr(rest, 1, 2) == "/*") {
            code = code excuse(rest)
            inside = 1
            rest = substr(rest, 3)
        } else if (match(rest, /^"([^"\\]|\\.)*"/) || match(rest, /^'([^'\\]|\\.)+'/)) {
            code = code (strings ? substr(rest, 1, RLENGTH) : substr(rest, 1, 1) substr(rest, 1, 1))
            rest = substr(rest, RLENGTH + 1)
        } else {
            code = code substr(rest, 1, 1)
            rest = substr(rest, 2)
        }
    }
    if (code ~ /[^ \t]/) {
        print FILENAME ":" FNR ":" code
    }
}

function excuse(comment)
{
    if (!match(comment, /^\/\* lint: [a-z]+ - [^ ]/)) {
        return " "
    }
    comment = substr(comment, 10)
    return " @" substr(comment, 1, index(comment, " ") - 1) " "
}
