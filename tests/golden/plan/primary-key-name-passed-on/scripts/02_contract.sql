-- bellows: plan=ed14b47f83aceefb phase=contract script=2/4
-- DropIndex
DROP INDEX CONCURRENTLY "Ward_pkey";
