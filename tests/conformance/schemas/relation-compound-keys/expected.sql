-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Tenant" (
    "id" INTEGER NOT NULL,
    "region" TEXT NOT NULL,

    CONSTRAINT "Tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Site" (
    "tenantId" INTEGER NOT NULL,
    "region" TEXT NOT NULL,
    "number" INTEGER NOT NULL,

    CONSTRAINT "Site_pkey" PRIMARY KEY ("tenantId","number")
);

-- CreateTable
CREATE TABLE "Room" (
    "id" INTEGER NOT NULL,
    "tenant_id" INTEGER NOT NULL,
    "site_no" INTEGER NOT NULL,

    CONSTRAINT "Room_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Sensor" (
    "id" INTEGER NOT NULL,
    "tenantId" INTEGER,
    "number" INTEGER,
    "region" TEXT,

    CONSTRAINT "Sensor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Mixed" (
    "id" INTEGER NOT NULL,
    "a" INTEGER NOT NULL,
    "b" INTEGER,

    CONSTRAINT "Mixed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Target" (
    "x" INTEGER NOT NULL,
    "y" INTEGER NOT NULL,

    CONSTRAINT "Target_pkey" PRIMARY KEY ("y","x")
);

-- CreateIndex
CREATE UNIQUE INDEX "Tenant_id_region_key" ON "Tenant"("id", "region");

-- CreateIndex
CREATE UNIQUE INDEX "site_full" ON "Site"("number", "tenantId", "region");

-- CreateIndex
CREATE UNIQUE INDEX "Target_x_y_key" ON "Target"("x", "y");

-- AddForeignKey
ALTER TABLE "Site" ADD CONSTRAINT "Site_tenantId_region_fkey" FOREIGN KEY ("tenantId", "region") REFERENCES "Tenant"("id", "region") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Room" ADD CONSTRAINT "Room_tenant_id_site_no_fkey" FOREIGN KEY ("tenant_id", "site_no") REFERENCES "Site"("tenantId", "number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sensor" ADD CONSTRAINT "Sensor_region_number_tenantId_fkey" FOREIGN KEY ("region", "number", "tenantId") REFERENCES "Site"("region", "number", "tenantId") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mixed" ADD CONSTRAINT "Mixed_a_b_fkey" FOREIGN KEY ("a", "b") REFERENCES "Target"("x", "y") ON DELETE RESTRICT ON UPDATE CASCADE;
