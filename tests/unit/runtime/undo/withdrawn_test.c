/*
 * withdrawn_test.c - scripts that left the folder: their texts come back to the byte.
 */
#include "base/common.h"

#include "runtime/undo/withdrawn.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Migration *script(Arena *arena, const char *name, const char *sql)
{
    Migration *migration = arena_make(arena, Migration);
    *migration = (Migration){.name = name, .path = name, .sql = sql, .len = strlen(sql)};
    return migration;
}

Test(withdrawn, texts_come_back_as_they_were)
{
    Arena *arena = arena_new();
    char folder[] = "/tmp/bellows-withdrawn-XXXXXX";
    MigrationList list = {0};
    cr_assert_not_null(mkdtemp(folder));
    vec_push(arena, &list, script(arena, "1_a b", "SELECT 1;\n12 other\n"));
    vec_push(arena, &list, script(arena, "2_b", ""));
    Migrations migrations = {.arena = arena, .path = folder};
    Migration *undo = script(arena, "3_undo",
                             "-- bellows: plan=a phase=contract script=1/1\n-- bellows: undoes=b\n"
                             "-- bellows: withdraws=\"1_a b\"\n-- bellows: withdraws=\"2_b\"\n");
    undo->path = arena_printf(arena, "%s/migration.sql", folder);
    FILE *file = fopen(arena_printf(arena, "%s/withdrawn", folder), "w");
    cr_assert_not_null(file);
    fputs(withdrawn_text(arena, &list), file);
    fclose(file);
    NewMigrationList back;
    cr_assert(withdrawn_read(arena, &migrations, undo, &back));
    cr_assert_eq(back.count, 2);
    cr_expect_str_eq(back.items[0].name, "1_a b");
    cr_expect_str_eq(back.items[0].sql, "SELECT 1;\n12 other\n");
    cr_expect_str_eq(back.items[1].name, "2_b");
    cr_expect_str_eq(back.items[1].sql, "");
    Migration *other = script(arena, "4_undo",
                              "-- bellows: plan=a phase=contract script=1/1\n"
                              "-- bellows: undoes=b\n-- bellows: withdraws=\"1_a b\"\n");
    other->path = undo->path;
    cr_expect_not(withdrawn_read(arena, &migrations, other, &back));
    unlink(arena_printf(arena, "%s/withdrawn", folder));
    cr_expect_not(withdrawn_read(arena, &migrations, undo, &back));
    rmdir(folder);
    arena_free(arena);
}

Test(withdrawn, a_script_that_another_took_back_counts_as_gone)
{
    Arena *arena = arena_new();
    Migrations migrations = {.arena = arena};
    WithdrawnList names;
    Migration *gone = script(arena, "2_x", "SELECT 1");
    Migration *undo = script(arena, "3_undo",
                             "-- bellows: plan=a phase=contract script=1/1\n"
                             "-- bellows: undoes=b\n-- bellows: withdraws=\"2_x\"\nSELECT 1");
    vec_push(arena, &migrations.list, gone);
    vec_push(arena, &migrations.list, undo);
    withdrawn_find(&migrations, &names);
    cr_expect(withdrawn_holds(&names, gone));
    cr_expect_not(withdrawn_holds(&names, undo));
    arena_free(arena);
}
