import { Component, computed, DestroyRef, inject, input, linkedSignal, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { RouterLink } from '@angular/router';
import {
  listSettingsEndpoint,
  saveSettingsEndpoint,
  saveWritePolicyEndpoint,
  type AdministrationSettings,
  type SharedField,
} from '@koppel/contracts';
import { firstValueFrom } from 'rxjs';
import type { ApiProblem } from '../api/api-problem.js';
import { injectCallEndpoint, type CallResult } from '../api/call-endpoint.js';
import { endpointResource } from '../api/endpoint-resource.js';
import { CurrentCoupling } from '../coupling/current-coupling.js';
import { paths } from '../paths.js';
import { CurrentSession } from '../session/current-session.js';
import type { Leavable } from '../session/leave-page.js';
import { unsavedQuestion } from '../session/unsaved-question.js';
import { UnsavedWork } from '../session/unsaved-work.js';
import { injectAddressState } from '../ui/address-state.js';
import { injectAsk } from '../ui/ask-dialog.js';
import { Empty } from '../ui/empty.js';
import { Icon } from '../ui/icon.js';
import { PageHeader } from '../ui/page-header.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { Toaster } from '../ui/toaster.js';
import { AdministrationForm } from './administration-form.js';
import { CopyDialog, type CopyQuestion } from './copy-dialog.js';
import { settingTabs, type SettingTab } from './setting-text.js';
import { copiedFields, copyPreview, toChange, type Draft } from './settings-draft.js';
import { SideBySide } from './side-by-side.js';

const sideBySide = 'naast-elkaar';

/** Step 6 and later: what Koppel books with, per administration. */
@Component({
  imports: [
    PageHeader,
    ProblemPanel,
    Skeleton,
    Empty,
    Icon,
    AdministrationForm,
    SideBySide,
    MatButton,
    RouterLink,
  ],
  templateUrl: './settings-page.html',
  styleUrl: './settings-page.scss',
  host: { '(window:beforeunload)': 'warn($event)' },
})
export class SettingsPage implements Leavable {
  /** The administration that is shown, or all side by side. */
  readonly administratie = input<string>();
  /** The kind of settings that is shown. */
  readonly soort = input<string>();
  /** Side by side: only what is not the same everywhere. */
  readonly verschillen = input<string>();
  readonly isStep = input(false);
  readonly #call = injectCallEndpoint();
  readonly #dialog = inject(MatDialog);
  readonly #toaster = inject(Toaster);
  readonly #ask = injectAsk();
  readonly #work = inject(UnsavedWork);
  protected readonly write = injectAddressState();
  protected readonly coupling = inject(CurrentCoupling);
  protected readonly session = inject(CurrentSession);
  protected readonly paths = paths;
  protected readonly sideBySide = sideBySide;
  protected readonly list = endpointResource(listSettingsEndpoint, () => ({}));
  /** What was chosen and not saved yet, per administration; kept while one looks at other tabs and administrations. */
  protected readonly drafts = signal<Readonly<Record<string, Draft>>>({});
  protected readonly policyDrafts = signal<Readonly<Record<string, readonly SharedField[] | undefined>>>({});
  protected readonly isBusy = signal(false);
  protected readonly problem = signal<ApiProblem | undefined>(undefined);
  protected readonly isSideBySide = computed(() => this.administratie() === sideBySide);
  protected readonly tab = computed(
    (): SettingTab => settingTabs.find((tab) => tab === this.soort()) ?? settingTabs[0],
  );
  /** Where the page opens: at what is not complete yet, and there it stays when that is saved. */
  readonly #opening = linkedSignal<readonly AdministrationSettings[], string | undefined>({
    source: () => this.list.value()?.items ?? [],
    computation: (items, before) =>
      before?.value ?? (items.find((each) => !each.isComplete) ?? items[0])?.administrationId,
  });
  protected readonly shown = computed(() => {
    const items = this.list.value()?.items ?? [];
    const byId = (id: string | undefined) => items.find((each) => each.administrationId === id);
    return byId(this.administratie()) ?? byId(this.#opening()) ?? items[0];
  });
  protected readonly incomplete = computed(
    () => (this.list.value()?.items ?? []).filter((each) => !each.isComplete).length,
  );
  protected readonly isAtHand = computed(() => this.isStep() && this.coupling.value()?.step === 'settings');

  constructor() {
    const letGo = this.#work.hold(() =>
      (this.list.value()?.items ?? [])
        .filter((each) => this.isUnsaved(each.administrationId))
        .map((each) => each.administrationName),
    );
    inject(DestroyRef).onDestroy(letGo);
  }

  protected draftOf(id: string): Draft {
    return this.drafts()[id] ?? {};
  }

  protected setDraft(id: string, draft: Draft): void {
    this.drafts.update((drafts) => ({ ...drafts, [id]: draft }));
  }

  protected setPolicyDraft(id: string, draft: readonly SharedField[] | undefined): void {
    this.policyDrafts.update((drafts) => ({ ...drafts, [id]: draft }));
  }

  protected isUnsaved(id: string): boolean {
    return Object.keys(this.draftOf(id)).length > 0 || this.policyDrafts()[id] !== undefined;
  }

  /** Leaving the page loses what was not saved, so that is asked first. */
  async mayLeave(): Promise<boolean> {
    const names = this.#work.names();
    return names.length === 0 || (await this.#ask(unsavedQuestion(names))) !== undefined;
  }

  /** The browser asks in its own words. */
  protected warn(event: Event): void {
    if (this.#work.names().length > 0) event.preventDefault();
  }

  protected async save(settings: AdministrationSettings): Promise<void> {
    this.problem.set(undefined);
    if (await this.#save(settings, toChange(this.draftOf(settings.administrationId)))) {
      this.setDraft(settings.administrationId, {});
      this.#toaster.show($localize`:@@settings.saved:Opgeslagen.`);
    }
  }

  protected async savePolicy(
    settings: AdministrationSettings,
    localFields: readonly SharedField[],
  ): Promise<boolean> {
    this.problem.set(undefined);
    this.isBusy.set(true);
    const params = { id: settings.administrationId };
    const isSaved = this.#take(
      await this.#call(saveWritePolicyEndpoint, {
        params,
        body: { localFields: [...localFields], version: settings.version },
      }),
    );
    if (!isSaved) return false;
    this.setPolicyDraft(settings.administrationId, undefined);
    this.#toaster.show($localize`:@@settings.saved:Opgeslagen.`);
    return true;
  }

  protected async copy(from: AdministrationSettings): Promise<void> {
    const items = this.list.value()?.items ?? [];
    const others = items.filter((each) => each.administrationId !== from.administrationId);
    const ref = this.#dialog.open<CopyDialog, CopyQuestion, string[]>(CopyDialog, {
      data: { from, others },
      width: '560px',
      maxWidth: 'calc(100vw - 32px)',
    });
    const chosen = (await firstValueFrom(ref.afterClosed())) ?? [];
    for (const id of chosen) {
      // As it stands now: what the first administration takes over raises the versions of those that follow it.
      const now = () => this.list.value()?.items.find((each) => each.administrationId === id);
      const target = now();
      if (!target) continue;
      const rows = copyPreview(from, target).filter((row) => row.isPossible);
      const values = Object.fromEntries(rows.map((row) => [row.key, row.to]));
      if (rows.length > 0 && !(await this.#save(target, { values, follow: [] }))) return;
      const kept = copiedFields(from, target);
      if (kept && !(await this.savePolicy(now() ?? target, kept))) return;
    }
    if (chosen.length > 0) this.#toaster.show($localize`:@@settings.copied:Gekopieerd.`);
  }

  async #save(settings: AdministrationSettings, change: ReturnType<typeof toChange>): Promise<boolean> {
    this.isBusy.set(true);
    const isSaved = this.#take(
      await this.#call(saveSettingsEndpoint, {
        params: { id: settings.administrationId },
        body: { ...change, version: settings.version },
      }),
    );
    if (isSaved && settings.inheritsFrom === null) await this.#readFollowers();
    return isSaved;
  }

  /** What the first administration chose goes for those that follow it too. */
  async #readFollowers(): Promise<void> {
    const read = await this.#call(listSettingsEndpoint, {});
    if (read.ok) this.list.set(read.value);
    else this.#toaster.showProblem(read.problem);
  }

  /** Shows what was saved, or why nothing was. */
  #take(result: CallResult<typeof saveSettingsEndpoint | typeof saveWritePolicyEndpoint>): boolean {
    this.isBusy.set(false);
    if (!result.ok) {
      this.problem.set(result.problem);
      if (result.problem.kind === 'changed-meanwhile') this.list.reload();
      return false;
    }
    const items = this.list.value()?.items ?? [];
    const saved = result.value;
    this.list.set({
      items: items.map((each) => (each.administrationId === saved.administrationId ? saved : each)),
    });
    return true;
  }
}
