-- bellows: plan=d2488f4de299c6ce phase=tighten script=4/8
-- ValidateConstraint
ALTER TABLE "Bed" VALIDATE CONSTRAINT "Bed_wardCode_fkey";
