export { prepare } from './prepare.ts';
export type { Row } from './reports/cooking-time.ts';
export { chooseReports, loadReports } from './reports/load-reports.ts';
export type { Report } from './reports/report.ts';
