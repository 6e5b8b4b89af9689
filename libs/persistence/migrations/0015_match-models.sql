CREATE TABLE "match_models" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"model" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "match_models" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "tenant_only" ON "match_models" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);