-- bellows: plan=cf604558e4bf9df1 phase=contract script=3/3
-- DropIndex
DROP INDEX CONCURRENTLY "User_email_key";
