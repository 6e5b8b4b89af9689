ALTER TABLE "proposals" ADD COLUMN "teaching" integer DEFAULT 2147483647 NOT NULL;--> statement-breakpoint
CREATE INDEX "proposals_lessons" ON "proposals" USING btree ("tenant_id","state","teaching");