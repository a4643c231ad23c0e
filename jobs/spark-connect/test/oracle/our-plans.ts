/** What our client sends for the programs, without a server. */
import { type Plan, planToJson } from '../../src/plan/plan.ts';
import { DataFrame } from '../../src/api/dataframe.ts';
import { SparkError } from '../../src/errors.ts';
import { planSession } from '../../testing/plan-session.ts';
import { normalise } from './normalise.ts';
import type { Program } from './program.ts';

/** @returns the normalised JSON of the program's frame, or of the plan that its action sends */
export async function ourPlan(program: Program): Promise<unknown> {
  const sent: Plan[] = [];
  const result = program(planSession({ onPlan: (plan) => sent.push(plan) }));
  if (result instanceof DataFrame) return normalise(planToJson(result.toPlan()));
  await result.catch((error: unknown) => {
    // Nobody answers, so an action fails once it has sent its plan.
    if (!(error instanceof SparkError) || sent.length === 0) throw error;
  });
  const plan = sent.at(-1);
  if (plan === undefined) throw new Error('The program gave no frame and sent nothing.');
  return normalise(planToJson(plan));
}
