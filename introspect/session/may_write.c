#include "base/common.h"

#include "introspect/session/may_write.h"

#include <string.h>

bool session_may_write(Session *session, Diagnostics *diags)
{
    static const char sql[] = "SELECT pg_catalog.current_setting('default_transaction_read_only')";
    ServerError error = {.sqlstate = "25006",
                         .message = "default_transaction_read_only is on here",
                         .detail = "",
                         .hint = "",
                         .context = ""};
    ServerError said;
    Result *result = NULL;
    if (!session_enter_script(session, NULL, &said) ||
        !session_ask_there(session, (Query){.sql = sql}, &said, &result)) {
        session_report(session, &said, diags);
        return false;
    }
    const char *value = result_text(result, 0, 0);
    const bool may = value == NULL || strcmp(value, "on") != 0;
    result_free(result);
    if (!may) {
        session_report(session, &error, diags);
    }
    return may;
}
