-- bellows: plan=040214e72ae42e83 phase=tighten script=2/5
-- CreateIndex
CREATE INDEX CONCURRENTLY "Medication_careRecipientId_isActive_idx" ON "Medication"("careRecipientId", "isActive");
