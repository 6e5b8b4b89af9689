CREATE TABLE "kept_answers" (
	"tenant_id" uuid NOT NULL,
	"actor_id" text NOT NULL,
	"key_hash" text NOT NULL,
	"fingerprint" text NOT NULL,
	"encryption_key_id" text NOT NULL,
	"ciphertext" text NOT NULL,
	"answered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "kept_answers_tenant_id_actor_id_key_hash_pk" PRIMARY KEY("tenant_id","actor_id","key_hash")
);
--> statement-breakpoint
ALTER TABLE "kept_answers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "kept_answers_answered_at" ON "kept_answers" USING btree ("answered_at");--> statement-breakpoint
CREATE POLICY "system_all" ON "kept_answers" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "kept_answers" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);