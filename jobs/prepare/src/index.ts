export { planOf } from './reports/plan.ts';
export { prepare } from './prepare.ts';
export type { ReportRow } from './reports/beef-cooking-time.ts';
