/** A figure that the product promises. */
export interface Goal {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly must: { readonly atLeast: number } | { readonly atMost: number };
}

/** Whether the promise is kept. */
export function isMet({ value, must }: Goal): boolean {
  return 'atLeast' in must ? value >= must.atLeast : value <= must.atMost;
}

/** A Markdown table, as it stands in the README. */
export function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => {
    const bound = 'atLeast' in goal.must ? `≥ ${goal.must.atLeast}` : `≤ ${goal.must.atMost}`;
    return `| ${goal.name} | ${round(goal.value)} ${goal.unit} | ${bound} | ${isMet(goal) ? 'yes' : '**no**'} |`;
  });
  return ['| figure | measured | must | met |', '|---|---|---|---|', ...rows].join('\n');
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(3).replace(/\.?0+$/, '');
}
