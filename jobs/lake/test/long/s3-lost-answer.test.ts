/** The lost answers of the integration tests, each ten times. */
import { jest } from '@jest/globals';
import { lostAnswers } from '../../testing/s3-lost-answers.ts';

jest.setTimeout(120_000);
lostAnswers(10);
