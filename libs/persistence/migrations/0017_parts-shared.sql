ALTER TABLE "source_parts" ADD COLUMN "base" jsonb;--> statement-breakpoint
ALTER TABLE "source_parts" ADD COLUMN "seen_in_run" uuid;--> statement-breakpoint
ALTER TABLE "write_intents" ADD COLUMN "part" jsonb;--> statement-breakpoint
CREATE INDEX "source_parts_uncompared" ON "source_parts" USING btree ("tenant_id","administration_id","kind","exact_id") WHERE "source_parts"."base" is not null;