DROP INDEX "proposals_queue";--> statement-breakpoint
DROP INDEX "proposals_lessons";