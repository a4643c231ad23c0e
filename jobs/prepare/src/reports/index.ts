export { chooseReports, loadReports } from './load-reports.ts';
export type { Row } from './cooking-time.ts';
export type { Report } from './report.ts';
