#!/usr/bin/env bash
# A schema of N models (default 1000) on standard output: ten fields each, an enum, two indexes, a
# unique, a relation to the model before; about 450 bytes a model. With `edited` as second argument the
# same schema after a realistic edit: a column added to every tenth model, an index to every twentieth.
set -eu
awk -v n="${1:-1000}" -v edited="${2:-}" 'BEGIN {
    print "datasource db {\n  provider = \"postgresql\"\n}\n"
    print "enum Status {\n  ACTIVE\n  PAUSED\n  CLOSED @map(\"closed\")\n}\n"
    for (i = 1; i <= n; i++) {
        print "model Model" i " {"
        print "  id        Int      @id @default(autoincrement())"
        print "  email     String   @unique @db.VarChar(255)"
        print "  title     String   @default(\"untitled\")"
        print "  status    Status   @default(ACTIVE)"
        print "  amount    Decimal  @default(0.00) @db.Decimal(10, 2)"
        print "  meta      Json?"
        print "  tags      String[]"
        print "  createdAt DateTime @default(now()) @map(\"created_at\")"
        if (edited != "" && i % 10 == 0) print "  extra     String?"
        if (i > 1) {
            print "  parentId  Int?"
            print "  parent    Model" (i - 1) "?  @relation(fields: [parentId], references: [id])"
        }
        if (i < n) print "  children  Model" (i + 1) "[]"
        print ""
        print "  @@index([status, createdAt(sort: Desc)])"
        if (i > 1) print "  @@index([parentId])"
        if (edited != "" && i % 20 == 0) print "  @@index([title])"
        print "}\n"
    }
}'
