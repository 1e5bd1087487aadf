-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Kind" AS ENUM ('A', 'B');

-- CreateTable
CREATE TABLE "Document" (
    "id" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "meta" JSONB NOT NULL,
    "tags" TEXT[],
    "scores" INTEGER[],
    "kinds" "Kind"[],
    "search" tsvector NOT NULL,

    CONSTRAINT "Document_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Document_body_idx" ON "Document" USING GIN ("body");

-- CreateIndex
CREATE INDEX "document_body_ops" ON "Document" USING GIN ("body" jsonb_ops);

-- CreateIndex
CREATE INDEX "Document_meta_idx" ON "Document" USING GIN ("meta" jsonb_path_ops);

-- CreateIndex
CREATE INDEX "Document_tags_idx" ON "Document" USING GIN ("tags");

-- CreateIndex
CREATE INDEX "Document_scores_idx" ON "Document" USING GIN ("scores" array_ops);

-- CreateIndex
CREATE INDEX "Document_kinds_idx" ON "Document" USING GIN ("kinds");

-- CreateIndex
CREATE INDEX "Document_search_idx" ON "Document" USING GIN ("search");

-- CreateIndex
CREATE INDEX "document_search_raw" ON "Document" USING GIN ("search" tsvector_ops);

-- CreateIndex
CREATE INDEX "document_two_columns" ON "Document" USING GIN ("body" jsonb_path_ops, "tags");
