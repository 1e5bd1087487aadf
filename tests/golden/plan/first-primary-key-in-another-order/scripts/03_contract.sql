-- bellows: plan=d1498914f8594bcc phase=contract script=3/3
-- DropIndex
DROP INDEX CONCURRENTLY "User_team_code_key";
