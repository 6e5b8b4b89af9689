ALTER TABLE "actions" ADD COLUMN "facts" jsonb;--> statement-breakpoint
CREATE INDEX "actions_issue" ON "actions" USING btree ("tenant_id",("facts"->>'issueId')) WHERE "actions"."facts" is not null;