export { type Lack, type MissingDays, missingDays } from './missing-days.ts';
export { type PageContext, writeIndexPage, writeReportPage, writeReportPages } from './pages.ts';
export {
  type ProposalPlace,
  rerunCommand,
  type Scheduler,
  SCHEDULERS,
  schedulerOf,
  whereFlagsOf,
} from './proposals.ts';
export type { WrittenPage } from './write-page.ts';
