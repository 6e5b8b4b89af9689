CREATE TABLE "match_key_buckets" (
	"tenant_id" uuid NOT NULL,
	"bucket" integer NOT NULL,
	"run_id" uuid NOT NULL,
	"first_source_id" uuid NOT NULL,
	"entries" "bytea" NOT NULL,
	CONSTRAINT "match_key_buckets_tenant_id_bucket_run_id_first_source_id_pk" PRIMARY KEY("tenant_id","bucket","run_id","first_source_id")
);
--> statement-breakpoint
ALTER TABLE "match_key_buckets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "tenant_only" ON "match_key_buckets" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);