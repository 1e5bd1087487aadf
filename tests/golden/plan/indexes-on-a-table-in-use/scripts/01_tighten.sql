-- bellows: plan=cf604558e4bf9df1 phase=tighten script=1/3
/*
  Warnings:

  - [email,name] of the table `User` becomes unique; if there are duplicates, this fails

*/
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "User_email_name_key" ON "User"("email", "name");
