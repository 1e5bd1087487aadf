-- bellows: plan=ed14b47f83aceefb phase=contract script=3/5
-- DropIndex
DROP INDEX CONCURRENTLY "Ward_pkey";
