/*
 * may_write.h - does a new transaction of this role, in this database, take changes?
 *
 * Our own statements run read-write whatever the role's or database's default is; scripts run under
 * it. Who is about to destroy what only scripts can make again asks first. Errors: E0406, and what
 * session.h reports.
 */
#ifndef BELLOWS_INTROSPECT_SESSION_MAY_WRITE_H
#define BELLOWS_INTROSPECT_SESSION_MAY_WRITE_H

#include "introspect/session/session.h"

/* False after a report. */
MUST_CHECK bool session_may_write(Session *session, Diagnostics *diags);

#endif
