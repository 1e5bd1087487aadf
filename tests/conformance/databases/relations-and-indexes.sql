-- needs PostgreSQL 14: the multi and bloom classes of BRIN
CREATE TABLE "weird name" (id int primary key, w int references "weird name");
CREATE TABLE "class" (id int primary key, w int references "weird name", w2 int references "class");
CREATE TABLE lone (id int primary key, c int references "class");
CREATE TABLE dbl (id int primary key, "c d" int references "class", e int references "class", f int references "weird name" , g int references "weird name");
CREATE TABLE "3x" (id int primary key, l int references lone); 
CREATE TABLE "Weird Two" (a int, b int, primary key (a, b));
CREATE TABLE "_WT" ("A" int references "class", "B" int references "weird name", primary key ("A","B")); create index on "_WT" ("B");
CREATE TABLE "_WTS" ("A" int references "weird name", "B" int references "weird name", primary key ("A","B")); create index on "_WTS" ("B");
CREATE TABLE multi (id int primary key, a int, b int, c int, d int, t text, ts tsvector, j jsonb, arr int[], ip inet, u uuid, x varchar(4), y timestamp, z point);
CREATE INDEX m1 ON multi(a,b); CREATE INDEX m2 ON multi (b desc, c); CREATE UNIQUE INDEX m3 ON multi (c, d desc); CREATE UNIQUE INDEX multi_c_d_key ON multi(c,d); CREATE UNIQUE INDEX a0 ON multi (d,c);
CREATE INDEX g1 ON multi using gin (j); CREATE INDEX g2 ON multi using gin (j jsonb_path_ops); CREATE INDEX g3 ON multi using gin (arr); CREATE INDEX g4 ON multi using gin(ts); 
CREATE INDEX s1 ON multi using spgist (t); CREATE INDEX s2 ON multi using gist (ip inet_ops); create index s3 on multi using spgist(ip); create index s4 on multi using gist(z); create index s5 on multi using gist(ts);
CREATE INDEX b1 ON multi using brin (a int4_minmax_multi_ops, t text_bloom_ops); create index b2 on multi using brin(u uuid_bloom_ops); create index b3 on multi using brin (y) with (pages_per_range=4);
CREATE INDEX p1 ON multi (x varchar_pattern_ops, t text_pattern_ops desc); CREATE INDEX p2 ON multi (t collate "C");
CREATE INDEX h1 ON multi using hash (t); CREATE UNIQUE INDEX pu ON multi (a) where d > 3 and t = 'it''s';
CREATE UNIQUE INDEX inc ON multi (b) include (c); CREATE UNIQUE INDEX du ON multi (d desc) ; CREATE UNIQUE INDEX du2 ON multi (d);
