/** Commands given to `sql()`: each runs once, at the first use of its frame, whatever else is made of the frame. */
import type { Relation } from '../plan/relation.ts';
import { parts } from '../plan/parts.ts';

/** Runs a command and gives its rows as a relation. */
export type RunCommand = (command: Relation) => Promise<Relation>;

export class CommandsOnce {
  readonly #waiting = new Set<Relation>();
  readonly #running = new Map<Relation, Promise<void>>();

  /** From now on a plan that has the relation waits for its rows. */
  add(command: Relation): void {
    this.#waiting.add(command);
  }

  /**
   * Runs the commands in a plan that have not run yet; then the plan has their rows in place of them.
   * @throws what the command threw, each time: one that failed may have done its work, so it is not run again
   */
  async settle(plan: object, run: RunCommand): Promise<void> {
    if (this.#waiting.size === 0) return;
    for (const part of parts(plan)) {
      const command = part as Relation;
      if (!this.#waiting.has(command)) continue;
      const running = this.#running.get(command) ?? this.#run(command, run);
      this.#running.set(command, running);
      await running;
    }
  }

  async #run(command: Relation, run: RunCommand): Promise<void> {
    const answer = await run(command);
    // In place: every frame that was made of this one has the relation in its plan.
    command.relType = answer.relType;
    this.#waiting.delete(command);
    this.#running.delete(command);
  }
}
