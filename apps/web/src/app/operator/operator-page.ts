import { Component, inject, signal } from '@angular/core';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { listTenantFeaturesEndpoint, setTenantFeatureEndpoint } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { endpointResource } from '../api/endpoint-resource.js';
import { Empty } from '../ui/empty.js';
import { PageHeader } from '../ui/page-header.js';
import { MomentPipe } from '../ui/pipes.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { Toaster } from '../ui/toaster.js';

/** The helpdesk's page: for which organisations coupling is switched on. */
@Component({
  imports: [PageHeader, ProblemPanel, Skeleton, Empty, MatSlideToggle, MomentPipe],
  templateUrl: './operator-page.html',
})
export class OperatorPage {
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  protected readonly tenants = endpointResource(listTenantFeaturesEndpoint, () => ({}));
  protected readonly busyId = signal<string | undefined>(undefined);

  protected async setFeature(id: string, isEnabled: boolean): Promise<void> {
    this.busyId.set(id);
    const result = await this.#call(setTenantFeatureEndpoint, { params: { id }, body: { isEnabled } });
    this.busyId.set(undefined);
    if (!result.ok) this.#toaster.showProblem(result.problem);
    this.tenants.reload();
  }
}
