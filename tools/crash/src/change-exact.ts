import type { Sandbox } from '@koppel/exact-sandbox';
import { editSharedParts } from './shared-parts.js';
import type { ScenarioName } from './scenario-names.js';

/** What people did in Exact's own screens before the scenario begins. */
export function changeExact(scenario: ScenarioName, sandbox: Sandbox): void {
  if (scenario === 'initial' || scenario === 'merge' || scenario === 'create') return;
  if (scenario === 'parts') return editSharedParts(sandbox);
  const [first, second] = sandbox.world.divisions;
  if (!first || !second) throw new Error('the world has too few administrations');
  const place = (division: typeof first) => ({ division: division.code, entity: 'crm/Accounts' });
  const account = (division: typeof first, index: number): string => {
    const table = division.tables.Accounts;
    const row = [...table.all()].at(index);
    if (!row) throw new Error('the world has too few accounts');
    return table.guid(row.$row);
  };
  const { edits } = sandbox;
  const all =
    scenario === 'deletion'
      ? [
          edits.delete({ ...place(first), id: account(first, -1) }),
          edits.delete({ ...place(first), id: account(first, -2) }),
          edits.delete({ ...place(second), id: account(second, -3) }),
        ]
      : [
          edits.edit({ ...place(first), id: account(first, -1) }, { Email: 'nieuw@voorbeeld.test' }),
          edits.edit({ ...place(second), id: account(second, 2) }, { Phone: '0318-555987' }),
          edits.create(place(second), { Name: 'Gloednieuw Installatiebedrijf B.V.' }),
        ];
  const refused = all.find((edit) => !edit.ok);
  if (refused && !refused.ok) throw new Error(`the sandbox refused an edit: ${refused.error.kind}`);
}
