-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "User_team_code_key" ON "User"("team", "code");
