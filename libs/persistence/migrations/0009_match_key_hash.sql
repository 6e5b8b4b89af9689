ALTER TABLE "match_keys" DROP CONSTRAINT "match_keys_tenant_id_key_source_relation_id_pk";--> statement-breakpoint
CREATE INDEX "match_keys_key" ON "match_keys" USING hash ("key");