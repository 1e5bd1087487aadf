-- bellows: plan=5c5994d9d7de9b65 phase=contract script=3/3
-- DropIndex
DROP INDEX CONCURRENTLY "User_email_key";
