/** A Complete whose answer was lost, in a bucket, and the next try of the same run of the scheduler. */
import { lostAnswers } from '../../testing/s3-lost-answers.ts';

lostAnswers(1);
