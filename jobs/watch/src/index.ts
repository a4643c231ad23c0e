export { type Lack, type MissingDays, missingDays } from './missing-days.ts';
export {
  type ProposalPlace,
  rerunCommand,
  type Scheduler,
  SCHEDULERS,
  schedulerOf,
  whereFlagsOf,
} from './proposals.ts';
