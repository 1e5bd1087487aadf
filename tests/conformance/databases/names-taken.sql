create table "user" (id int primary key); create table posts (id int primary key, "user" int references "user", b int);
create schema x; create table was_ok (a int); create table users (id int primary key); create table people (id int primary key);
