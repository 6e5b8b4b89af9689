import type { CoupleReport } from './couple-all.js';

/** The last table of the demo: what was fetched, merged, asked, and what it cost of Exact's limits. */
export function reportTable(report: CoupleReport): string {
  const { statistics } = report.run;
  const rows: [string, string][] = [
    ['Administraties', String(report.run.administrations.length)],
    ['Relaties opgehaald', count(accounts(report))],
    ['Records opgehaald, alle soorten', count(allRecords(report))],
    ['Samengevoegde relaties in Koppel', count(statistics.relations)],
    ['Automatisch samengevoegd', count(statistics.mergedAutomatically)],
    ['Gevraagd aan een mens', count(statistics.asked)],
    ['Dubbelen binnen één administratie', count(statistics.doubles)],
    ['Geweigerde records', count(statistics.rejected)],
    ...issuesByClass(report),
    ['Aanvragen aan Exact', count(statistics.calls)],
    ...report.run.administrations.map(({ name, budget }): [string, string] => [
      `  ${name}`,
      `${budget.minuteUsed}/${budget.minuteAllowed} per minuut, ${budget.dayUsed}/${budget.dayAllowed} per dag`,
    ]),
    ['Seconden', (report.runMs / 1_000).toFixed(1)],
    ['Koppeling', report.isActive ? 'actief' : 'NIET actief'],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const line = '─'.repeat(width + 44);
  return [line, ...rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`), line].join('\n');
}

function accounts(report: CoupleReport): number {
  const parts = report.run.administrations.flatMap((administration) => administration.parts);
  return parts.filter(({ kind }) => kind === 'accounts').reduce((sum, part) => sum + part.records, 0);
}

function allRecords(report: CoupleReport): number {
  const parts = report.run.administrations.flatMap((administration) => administration.parts);
  return parts.reduce((sum, part) => sum + part.records, 0);
}

function issuesByClass(report: CoupleReport): [string, string][] {
  const counts = new Map<string, number>();
  for (const issue of report.issues) counts.set(issue.class, (counts.get(issue.class) ?? 0) + 1);
  if (counts.size === 0) return [['Meldingen', 'geen']];
  return [...counts].sort().map(([name, number]) => [`Meldingen: ${name}`, count(number)]);
}

function count(value: number): string {
  return value.toLocaleString('nl-NL');
}
