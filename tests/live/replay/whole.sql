-- What a whole comparison reads besides: keys that wait, or carry more than themselves; by what rows are spread.
CREATE TABLE waiting (
    a int,
    b int,
    "C d" text,
    CONSTRAINT waiting_pkey PRIMARY KEY (a, b) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT waiting_c UNIQUE ("C d", a) DEFERRABLE,
    CONSTRAINT waiting_d UNIQUE ("C d") INCLUDE (b)
);
CREATE TABLE waiting_too (a int, b int);
CREATE UNIQUE INDEX its_key ON waiting_too (a);
ALTER TABLE waiting_too ADD CONSTRAINT waiting_too_a UNIQUE USING INDEX its_key DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE waiting_too RENAME COLUMN a TO "A";
CREATE TABLE waits_no_more (a int, CONSTRAINT gone UNIQUE (a) DEFERRABLE);
ALTER TABLE waits_no_more DROP CONSTRAINT gone;
CREATE TABLE "Ranged" (id int NOT NULL, "createdAt" timestamp(3) NOT NULL, PRIMARY KEY (id, "createdAt"))
PARTITION BY RANGE ("createdAt");
CREATE INDEX "Ranged_idx" ON "Ranged" (id);
CREATE TABLE listed (id int, region text) PARTITION BY list (region);
CREATE TABLE hashed (id int, region text) PARTITION BY HASH (id, region);
ALTER TABLE hashed RENAME COLUMN region TO area;
