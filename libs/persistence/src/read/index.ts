export { cutPage, decodeCursor, encodeCursor, pageSizeDefault } from './cursor.js';
export { countForDashboard, type DashboardCounts } from './dashboard.js';
export {
  countIssuesByCause,
  countOpenIssues,
  findIssueRow,
  listIssues,
  type CauseCount,
  type IssueFilter,
  type IssueRow,
} from './issues.js';
export { listNumberSeries, type SeriesRow } from './number-series.js';
