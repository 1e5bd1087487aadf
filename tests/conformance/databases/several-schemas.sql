CREATE SCHEMA a; CREATE SCHEMA b; CREATE SCHEMA other; CREATE SCHEMA "odd-schema";
CREATE TYPE a.kind AS ENUM ('x'); CREATE TYPE b.kind AS ENUM ('x','y'); CREATE TYPE other.oe AS ENUM ('z'); CREATE TYPE other.comp AS (a int); CREATE DOMAIN other.dd AS text;
CREATE TABLE a.users (id int primary key, k a.kind default 'x', bk b.kind[] default '{y}', oe other.oe default 'z', oes other.oe[], oc other.comp, od other.dd, fn text default other.oe 'z'::text);
CREATE TABLE b.users (id int primary key, u int references a.users);
CREATE TABLE b.posts (id serial primary key, u int references b.users, a int references a.users, t text);
CREATE INDEX ON b.posts (t);
CREATE TABLE "odd-schema".items (id int primary key);
CREATE TABLE a.items (id int primary key);
