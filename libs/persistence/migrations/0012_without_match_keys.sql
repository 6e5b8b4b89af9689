ALTER TABLE "match_keys" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "match_key_buckets" ("tenant_id", "bucket", "run_id", "first_source_id", "entries")
SELECT "tenant_id", ("key" >> 40)::integer, '00000000-0000-0000-0000-000000000000', (array_agg("source_relation_id"))[1],
	string_agg(decode(lpad(to_hex("key" & 4294967295), 8, '0'), 'hex') || uuid_send("source_relation_id"), ''::bytea)
FROM "match_keys" GROUP BY 1, 2;--> statement-breakpoint
DROP POLICY "tenant_only" ON "match_keys" CASCADE;--> statement-breakpoint
DROP TABLE "match_keys" CASCADE;