-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Escapes" (
    "id" INTEGER NOT NULL,
    "quote" TEXT NOT NULL DEFAULT 'it''s',
    "quotes" TEXT NOT NULL DEFAULT '''''',
    "double" TEXT NOT NULL DEFAULT 'say "hi"',
    "backslash" TEXT NOT NULL DEFAULT 'C:\temp\x',
    "newline" TEXT NOT NULL DEFAULT 'one
two',
    "tab" TEXT NOT NULL DEFAULT 'a	b',
    "slash" TEXT NOT NULL DEFAULT 'a/b',
    "unicode" TEXT NOT NULL DEFAULT 'été',
    "surrogate" TEXT NOT NULL DEFAULT '😀',
    "direct" TEXT NOT NULL DEFAULT '日本語 ünï 😀',
    "dollar" TEXT NOT NULL DEFAULT '$1 $$ $tag$',
    "percent" TEXT NOT NULL DEFAULT '100% {x} :name ?',
    "comment" TEXT NOT NULL DEFAULT '-- not a comment // nor this /* nor this */',
    "semicolon" TEXT NOT NULL DEFAULT 'a; b;',
    "space" TEXT NOT NULL DEFAULT '  padded  ',
    "json" JSONB NOT NULL DEFAULT '{"quote": "it''s", "path": "C:\\x"}',
    "cast" TEXT NOT NULL DEFAULT '''x''::text',
    "number" TEXT NOT NULL DEFAULT '123',
    "truth" TEXT NOT NULL DEFAULT 'true',
    "null" TEXT NOT NULL DEFAULT 'null',

    CONSTRAINT "Escapes_pkey" PRIMARY KEY ("id")
);
