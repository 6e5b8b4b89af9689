import { getRelationEndpoint, listRelationsEndpoint } from '@koppel/contracts';
import type { ApiClient } from '@koppel/demo';

const pageSize = 200;

/** Accounts in Exact behind the first `count` relations, one each. */
export async function someAccounts(
  api: ApiClient,
  count: number,
): Promise<{ division: number; id: string }[]> {
  const accounts: { division: number; id: string }[] = [];
  let cursor: string | null = null;
  while (accounts.length < count) {
    const page: { items: { id: string }[]; nextCursor: string | null } = await api.call(
      listRelationsEndpoint,
      {
        query: { limit: pageSize, ...(cursor === null ? {} : { cursor }) },
      },
    );
    for (const { id } of page.items.slice(0, count - accounts.length))
      accounts.push(await firstAccount(api, id));
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  return accounts;
}

async function firstAccount(api: ApiClient, id: string): Promise<{ division: number; id: string }> {
  const { sources } = await api.call(getRelationEndpoint, { params: { id } });
  const link = sources.find(({ state }) => state === 'present')?.deepLink ?? '';
  const query = new URL(link).searchParams;
  return { division: Number(query.get('_Division_')), id: query.get('AccountID') ?? '' };
}
