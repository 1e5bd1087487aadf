#include "base/common.h"

#include "cli/report/finding.h"

static const FindingRow rows[] = {
#define FINDING(id, slug, level, subject, title) [id] = {slug, LEVEL_##level, subject, title},
#include "cli/report/findings.def"
#undef FINDING
};

static_assert(lengthof(rows) == FINDING_KIND_COUNT, "one row per kind of finding");

const FindingRow *finding_row(FindingKind kind)
{
    return &rows[kind];
}

FindingLevel finding_level(const Finding *finding, bool strict)
{
    const FindingLevel level = rows[finding->kind].level;
    if (level == LEVEL_GATE) {
        return strict ? LEVEL_ERROR : LEVEL_NOTE;
    }
    return level;
}

const char *finding_rule(const Finding *finding)
{
    return finding->code != NULL ? finding->code : rows[finding->kind].slug;
}
