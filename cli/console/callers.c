#include "base/common.h"

#include "cli/console/callers.h"

#include <string.h>

#include "base/file.h"

static const char consent[] = "PRISMA_USER_CONSENT_FOR_DANGEROUS_AI_ACTION";

static const struct {
    const char *name, *variable, *value, *file;
} callers[] = {
#define CALLER(name, variable, value) {name, variable, value, NULL},
#define CALLER_FILE(name, path)       {name, NULL, NULL, path},
#include "cli/console/callers.def"
#undef CALLER_FILE
#undef CALLER
};

static bool is_value(const char *got, const char *wanted)
{
    if (got == NULL || got[0] == '\0' || wanted == NULL) {
        return got != NULL && got[0] != '\0';
    }
    const size_t len = strlen(wanted);
    return wanted[len - 1] == '*' ? strncmp(got, wanted, len - 1) == 0 : strcmp(got, wanted) == 0;
}

static const char *caller_name(void)
{
    for (size_t i = 0; i < lengthof(callers); i++) {
        if (callers[i].file != NULL
                ? file_exists(callers[i].file)
                : is_value(environment(callers[i].variable), callers[i].value)) {
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
