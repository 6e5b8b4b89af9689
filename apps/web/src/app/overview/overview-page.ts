import { Component } from '@angular/core';
import { PageHeader } from '../ui/page-header.js';

@Component({
  imports: [PageHeader],
  template: `<div class="kp-page"><kp-page-header heading="Overzicht" i18n-heading="@@overview.heading" /></div>`,
})
export class OverviewPage {}
