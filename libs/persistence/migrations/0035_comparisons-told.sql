CREATE TABLE "sync_comparisons" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sync_comparisons_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"counts" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sync_comparisons" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "sync_comparisons_run" ON "sync_comparisons" USING btree ("tenant_id","run_id");--> statement-breakpoint
CREATE POLICY "system_all" ON "sync_comparisons" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "sync_comparisons" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);