DROP INDEX "source_relations_changed";--> statement-breakpoint
CREATE INDEX "source_relations_changed" ON "source_relations" USING btree ("tenant_id","changed_in_run","id");