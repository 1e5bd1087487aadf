-- bellows: plan=169043050765865e phase=contract script=3/3
-- DropCompatibilityView
DROP VIEW "User";
