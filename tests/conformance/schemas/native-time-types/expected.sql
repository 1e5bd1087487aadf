-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Times" (
    "id" TIMESTAMP(3) NOT NULL,
    "timestamp" TIMESTAMP NOT NULL,
    "timestamp0" TIMESTAMP(0) NOT NULL,
    "timestamp3" TIMESTAMP(3) NOT NULL,
    "timestamp6" TIMESTAMP(6),
    "timestamptz" TIMESTAMPTZ NOT NULL,
    "timestamptz0" TIMESTAMPTZ(0) NOT NULL,
    "timestamptz3" TIMESTAMPTZ(3),
    "timestamptz6" TIMESTAMPTZ(6) NOT NULL,
    "date" DATE NOT NULL,
    "dateOpt" DATE,
    "time" TIME NOT NULL,
    "time0" TIME(0) NOT NULL,
    "time6" TIME(6),
    "timetz" TIMETZ NOT NULL,
    "timetz3" TIMETZ(3) NOT NULL,
    "timetz6" TIMETZ(6),

    CONSTRAINT "Times_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Clocks" (
    "day" DATE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "opened" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen" TIMESTAMP(0) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "touched" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Clocks_pkey" PRIMARY KEY ("day")
);
