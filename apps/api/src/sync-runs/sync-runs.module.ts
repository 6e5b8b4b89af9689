import { Module } from '@nestjs/common';
import { SyncRunsController } from './sync-runs.controller.js';

@Module({ controllers: [SyncRunsController] })
export class SyncRunsModule {}
