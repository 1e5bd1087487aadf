-- bellows: plan=f07202ac65bac8b4 phase=tighten script=6/11
-- AddForeignKey
ALTER TABLE "Player" ADD CONSTRAINT "Player_teamId_fkey_new__bellows" FOREIGN KEY ("teamId__bellows") REFERENCES "Team"("id__bellows") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
