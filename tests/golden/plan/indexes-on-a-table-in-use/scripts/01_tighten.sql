-- bellows: plan=5c5994d9d7de9b65 phase=tighten script=1/3
/*
  Warnings:

  - [email,name] of the table `User` becomes unique; if there are duplicates, this fails

*/
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "User_email_name_key" ON "User"("email", "name");
