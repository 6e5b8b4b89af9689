import type { Endpoint } from '../schema/endpoints.js';
import type { Division } from '../store/division.js';
import type { Row } from '../store/rows.js';
import type { QueryOptions } from '../odata/query-options.js';

/** The records behind an endpoint; tables are one, the list of divisions another. */
export interface RecordSource {
  readonly size: number;
  find(key: string): Row | undefined;
  inKeyOrder(after?: string): Iterable<Row>;
  /** Undefined when the source has no row versions. */
  afterStamp?(stamp: number): Iterable<Row>;
}

/** A read of one endpoint in one division. */
export interface ReadContext {
  readonly endpoint: Endpoint;
  readonly division: Division;
  readonly source: RecordSource;
  readonly options: QueryOptions;
  /** The query as asked, for the next link. */
  readonly query: ReadonlyMap<string, string>;
  /** `http://host/api/v1/{division}` */
  readonly base: string;
  readonly topArrayShape: boolean;
  readonly extraEmptyLastPage: boolean;
  /** Decides whether this page repeats the last row of the one before. */
  readonly isPageRepeating: () => boolean;
}
