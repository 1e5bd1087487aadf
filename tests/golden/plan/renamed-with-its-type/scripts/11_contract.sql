-- bellows: plan=57d8fc441839822e phase=contract script=11/15
-- ValidateConstraint
ALTER TABLE "Item" VALIDATE CONSTRAINT "Item_carried__bellows";
