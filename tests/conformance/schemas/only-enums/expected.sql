-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "A" AS ENUM ('x');

-- CreateEnum
CREATE TYPE "b" AS ENUM ('x', 'Y');
