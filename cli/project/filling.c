#include "base/common.h"

#include "cli/project/filling.h"

#include "compiler/plan/online/fill_question.h"
#include "runtime/ahead/lookup.h"

bool filling_ask(Cli *cli, Session *session, const Catalog *from, Filling *filling)
{
    FillQuestions questions;
    fill_questions(cli->arena, from, filling->to, &questions);
    vec_each(FillQuestion, at, &questions) {
        const char *definition = NULL, *why = NULL;
        if (!lookup_expression(cli->arena, session, at->select, at->table, cli->diags, &definition,
                               &why)) {
            return false;
        }
        vec_push(cli->arena, &filling->answers,
                 fill_answer(cli->arena, from, filling->to, at, definition, why));
    }
    return true;
}

bool filling_asks(Cli *cli, const Catalog *from, const Filling *filling)
{
    FillQuestions questions;
    fill_questions(cli->arena, from, filling->to, &questions);
    return questions.count > 0;
}
