import { Module } from '@nestjs/common';
import { InvoicingController } from './invoicing.controller.js';

@Module({ controllers: [InvoicingController] })
export class InvoicingModule {}
