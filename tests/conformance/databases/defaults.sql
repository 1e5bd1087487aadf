-- needs PostgreSQL 14: how AT TIME ZONE is printed
CREATE TYPE mood AS ENUM ('ok','so-so','123', 'quo''te');
CREATE SEQUENCE seq1;
CREATE TABLE d (
 id bigserial primary key,
 s1 text default 'x', s2 text default 'it''s', s3 text default E'a\nb\t\\', s4 text default '', s5 varchar(10) default 'x', s6 char(4) default 'x', s7 text default 'é "q"',
 s8 text default lower('A'), s9 text default 'a'||'b', s10 text default current_user, s11 uuid default gen_random_uuid(), s12 uuid default '00000000-0000-0000-0000-000000000000',
 i1 int default 5, i2 int default -5, i3 int default (1+2), i4 int default '7', i5 bigint default 5, i6 smallint default 3, i7 bigint default 99999999999, i8 int default nextval('seq1'), i9 int default null, i10 oid default 7,
 f1 float8 default 1.5, f2 float8 default 1, f3 real default -1.5, f4 float8 default 'NaN', f5 float8 default 1e10, f6 float8 default 'Infinity',
 n1 numeric default 1.50, n2 numeric(10,2) default 1.5, n3 numeric default 1, n4 numeric default '1.5', n5 money default 5, n6 numeric default -1.5, n7 numeric default 123456789012345678901234567890,
 b1 bool default true, b2 bool default false, b3 bool default 't', b4 bool default (1=1),
 t1 timestamp default now(), t2 timestamptz default current_timestamp, t3 timestamp(3) default current_timestamp(3), t4 timestamp default '2020-01-01', t5 date default '2020-01-01', t6 date default current_date, t7 timestamptz default '2020-01-01 00:00:00+00', t8 timestamp default (now() at time zone 'utc'), t9 time default '10:00', t10 timestamp default localtimestamp, t11 timestamptz default transaction_timestamp(), t12 timestamptz default clock_timestamp(), t13 date default now(), t14 timestamptz default now() + '1 day'::interval,
 j1 jsonb default '{"a":1}', j2 json default '[]', j3 jsonb default '"it''s"', j4 jsonb default '{}'::jsonb, j5 jsonb default jsonb_build_object(),
 y1 bytea default '\x00ff', y2 bytea default '', y3 bytea default 'abc',
 m1 mood default 'ok', m2 mood default 'so-so', m3 mood default '123', m4 mood default 'quo''te',
 x1 xml default '<a/>', x2 inet default '127.0.0.1', x3 bit(3) default B'101', x4 varbit default '101', x5 interval default '1 day', x6 point default '(1,2)',
 l1 int[] default '{}', l2 int[] default '{1,2}', l3 int[] default array[1,2], l4 text[] default '{a,"b c"}', l5 text[] default array['a','b'''], l6 bigint[] default array[1,2], l7 bigint[] default '{1,2}', l8 mood[] default '{ok,so-so}', l9 mood[] default array['ok']::mood[], l10 bool[] default '{t,f}', l11 bool[] default array[true], l12 float8[] default '{1.5}', l13 numeric[] default array[1.5], l14 jsonb[] default array['{}']::jsonb[], l15 uuid[] default '{}', l16 uuid[] default array['00000000-0000-0000-0000-000000000000']::uuid[], l17 timestamptz[] default array[now()], l18 timestamp[] default '{2020-01-01}', l19 varchar(5)[] default array['a'], l20 text[] default array[]::text[], l21 text[] default '{NULL}', l22 bytea[] default '{}', l23 int[] default '{{1,2},{3,4}}', l24 jsonb[] default '{}'
);
