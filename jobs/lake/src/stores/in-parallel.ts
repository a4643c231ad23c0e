/** Some of many requests at a time. */

const PARALLEL = 4;

/** @throws what the first broken one threw, once none is under way any more */
export async function inParallel(count: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) await act(next++);
  };
  const results = await Promise.allSettled(Array.from({ length: Math.min(PARALLEL, count) }, work));
  const broken = results.find((result) => result.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
}
