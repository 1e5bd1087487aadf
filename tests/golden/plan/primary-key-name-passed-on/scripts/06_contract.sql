-- bellows: plan=ed14b47f83aceefb phase=contract script=6/8
-- DropIndex
DROP INDEX CONCURRENTLY "Ward_pkey";
