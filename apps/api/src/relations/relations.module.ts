import { Module } from '@nestjs/common';
import { BatchesController } from './batches.controller.js';
import { ConflictsController } from './conflicts.controller.js';
import { EvidenceController } from './evidence.controller.js';
import { HistoryController } from './history.controller.js';
import { PlanController } from './plan.controller.js';
import { PlanCsvController } from './plan-csv.controller.js';
import { ProposalsController } from './proposals.controller.js';
import { RelationsController } from './relations.controller.js';
import { RelationsCsvController } from './relations-csv.controller.js';

@Module({
  controllers: [
    RelationsCsvController,
    RelationsController,
    EvidenceController,
    ProposalsController,
    BatchesController,
    HistoryController,
    ConflictsController,
    PlanController,
    PlanCsvController,
  ],
})
export class RelationsModule {}
