-- bellows: plan=cbeffac2e5283781 phase=tighten script=8/15
-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "Bill_price_rank_tags_key_new__bellows" ON "Bill"("price", "rank__bellows", "tags");
