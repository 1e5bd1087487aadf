-- bellows: plan=a4f0c9ea010951dd phase=contract script=2/4
-- DropIndex
DROP INDEX "one_of_users";
