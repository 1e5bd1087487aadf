-- bellows: plan=e38fbdfb44a3e6de phase=contract script=3/4
-- bellows: tables="Team","City"
-- DropCompatibilityView
DROP VIEW "City";
