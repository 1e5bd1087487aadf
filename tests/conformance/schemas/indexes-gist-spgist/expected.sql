-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Place" (
    "id" INTEGER NOT NULL,
    "network" INET NOT NULL,
    "host" INET NOT NULL,
    "name" TEXT NOT NULL,
    "code" VARCHAR(12) NOT NULL,
    "fixed" CHAR(8) NOT NULL,
    "text" TEXT NOT NULL,
    "spot" point NOT NULL,
    "area" box,
    "words" tsvector NOT NULL,

    CONSTRAINT "Place_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Place_network_idx" ON "Place" USING GIST ("network" inet_ops);

-- CreateIndex
CREATE INDEX "Place_spot_idx" ON "Place" USING GIST ("spot");

-- CreateIndex
CREATE INDEX "Place_area_idx" ON "Place" USING GIST ("area");

-- CreateIndex
CREATE INDEX "Place_words_idx" ON "Place" USING GIST ("words" tsvector_ops);

-- CreateIndex
CREATE INDEX "Place_host_idx" ON "Place" USING SPGIST ("host");

-- CreateIndex
CREATE INDEX "place_network_sp" ON "Place" USING SPGIST ("network" inet_ops);

-- CreateIndex
CREATE INDEX "Place_name_idx" ON "Place" USING SPGIST ("name");

-- CreateIndex
CREATE INDEX "Place_text_idx" ON "Place" USING SPGIST ("text" text_ops);

-- CreateIndex
CREATE INDEX "Place_code_idx" ON "Place" USING SPGIST ("code");

-- CreateIndex
CREATE INDEX "place_spot_sp" ON "Place" USING SPGIST ("spot");

-- CreateIndex
CREATE INDEX "place_spot_kd" ON "Place" USING SPGIST ("spot" kd_point_ops);
