import { Module } from '@nestjs/common';
import { IssuesController } from './issues.controller.js';
import { IssuesCsvController } from './issues-csv.controller.js';

@Module({ controllers: [IssuesController, IssuesCsvController] })
export class IssuesModule {}
