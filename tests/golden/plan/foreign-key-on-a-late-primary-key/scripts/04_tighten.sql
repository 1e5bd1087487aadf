-- bellows: plan=fc3d0d6ffa110f0b phase=tighten script=4/8
-- ValidateConstraint
ALTER TABLE "Bed" VALIDATE CONSTRAINT "Bed_wardCode_fkey";
