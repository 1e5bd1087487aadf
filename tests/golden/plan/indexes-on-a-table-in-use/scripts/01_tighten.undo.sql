-- DropIndex
DROP INDEX CONCURRENTLY "User_email_name_key";
