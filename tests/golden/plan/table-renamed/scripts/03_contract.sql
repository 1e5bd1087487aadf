-- bellows: plan=72715371eb8f2982 phase=contract script=3/3
-- DropCompatibilityView
DROP VIEW "User";
