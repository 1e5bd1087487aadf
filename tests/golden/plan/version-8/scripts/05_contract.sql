-- bellows: plan=239ca22ffc5c202b phase=contract script=5/5
-- DropCompatibilityView
DROP VIEW "Post";
