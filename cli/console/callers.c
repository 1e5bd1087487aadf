#include "base/common.h"

#include "cli/console/callers.h"

#include <string.h>

static const char consent[] = "PRISMA_USER_CONSENT_FOR_DANGEROUS_AI_ACTION";

static const struct {
    const char *name, *variable, *value;
} callers[] = {
#define CALLER(name, variable, value) {name, variable, value},
#include "cli/console/callers.def"
#undef CALLER
};

static const char *caller_name(void)
{
    for (size_t i = 0; i < lengthof(callers); i++) {
        const char *value = environment(callers[i].variable);
        if (value != NULL && value[0] != '\0' &&
            (callers[i].value == NULL || strcmp(value, callers[i].value) == 0)) {
            return callers[i].name;
        }
    }
    return NULL;
}

bool caller_may(Cli *cli, const char *what)
{
    const char *caller = caller_name();
    const char *said = environment(consent);
    if (caller == NULL || (said != NULL && said[0] != '\0')) {
        return true;
    }
    diag_report(cli->diags, DIAG_CALLER, span_none(), what, caller, consent);
    return false;
}
