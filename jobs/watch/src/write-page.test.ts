import { describe } from '@jest/globals';
import { localStore, temporaryFolder } from 'lake/testing';
import { pageContract } from '../testing/page-contract.ts';

describe('on a local disk', () => {
  pageContract(() => localStore(temporaryFolder()));
});
