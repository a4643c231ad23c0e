/**
 * How much of a proof is run. `npm test` takes the smallest size that can fail, `npm run test:long` a large one of the
 * same tests: more rounds, seeds, lines or seconds.
 */
const isLong = process.env['TEST_SIZE'] === 'long';

export const sized = <T>(small: T, long: T): T => (isLong ? long : small);
