-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "State" AS ENUM ('DRAFT', 'LIVE');

-- CreateTable
CREATE TABLE "Article" (
    "id" INTEGER NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "author_id" INTEGER NOT NULL,
    "views" INTEGER NOT NULL,
    "published" TIMESTAMP(3) NOT NULL,
    "state" "State" NOT NULL,
    "flag" BOOLEAN NOT NULL,
    "tags" TEXT[],
    "data" JSONB NOT NULL,

    CONSTRAINT "Article_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mapped_table" (
    "id" INTEGER NOT NULL,
    "the_a" TEXT NOT NULL,
    "the_b" TEXT NOT NULL,

    CONSTRAINT "mapped_table_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Article_slug_idx" ON "Article"("slug");

-- CreateIndex
CREATE INDEX "Article_title_published_idx" ON "Article"("title", "published");

-- CreateIndex
CREATE INDEX "Article_published_idx" ON "Article"("published" DESC);

-- CreateIndex
CREATE INDEX "Article_views_published_title_idx" ON "Article"("views" DESC, "published" ASC, "title");

-- CreateIndex
CREATE INDEX "article_author" ON "Article"("author_id");

-- CreateIndex
CREATE INDEX "legacy_name" ON "Article"("author_id", "state");

-- CreateIndex
CREATE INDEX "Article_flag_idx" ON "Article"("flag");

-- CreateIndex
CREATE INDEX "Article_tags_idx" ON "Article"("tags");

-- CreateIndex
CREATE INDEX "Article_data_idx" ON "Article"("data");

-- CreateIndex
CREATE INDEX "Article_title_slug_views_author_id_idx" ON "Article"("title", "slug", "views", "author_id");

-- CreateIndex
CREATE INDEX "mapped_table_the_a_idx" ON "mapped_table"("the_a");

-- CreateIndex
CREATE INDEX "mapped_table_the_b_the_a_idx" ON "mapped_table"("the_b", "the_a");
