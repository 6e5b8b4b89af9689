ALTER TABLE "match_keys" ALTER COLUMN "key" SET DATA TYPE bigint USING "key"::bigint;--> statement-breakpoint
ALTER TABLE "conflicts" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "is_alias" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "group_key" text;--> statement-breakpoint
CREATE INDEX "proposals_relation_a" ON "proposals" USING btree ("tenant_id","relation_a");--> statement-breakpoint
CREATE INDEX "proposals_relation_b" ON "proposals" USING btree ("tenant_id","relation_b");