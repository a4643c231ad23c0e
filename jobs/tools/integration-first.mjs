/** jest's order of test files, but those that wait for servers before those that only compute: at the end no core is idle. */
import Sequencer from '@jest/test-sequencer';

export default class IntegrationFirst extends Sequencer {
  sort(tests) {
    const isUnit = ({ context }) => context.config.displayName?.name === 'unit';
    return super.sort(tests).toSorted((one, other) => Number(isUnit(one)) - Number(isUnit(other)));
  }
}
